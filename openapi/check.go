package openapi

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	mediaJSON = "application/json"
	mediaForm = "application/x-www-form-urlencoded"
)

// tokenParam carries a bearer token on every operation (the reference's section on
// security), so no operation lists it.
const tokenParam = "access_token"

// A requestCheck is one run of CheckRequest.
type requestCheck struct {
	op   *Operation
	req  *Request
	mode Mode
	list findings
	out  *Checked
}

func (c *requestCheck) query() {
	for _, p := range c.op.query {
		w := requestWalker(&c.list, InQuery, p.Name)
		if values := w.texts(p.schema, c.req.Query[p.Name], p.Required); values != nil {
			if c.out.Query == nil {
				c.out.Query = make(url.Values, len(c.req.Query))
			}
			c.out.Query[p.Name] = values
		}
	}
	if len(c.req.Query) > len(c.out.Query) {
		c.undocumented()
	}
}

func (c *requestCheck) undocumented() {
	for _, name := range slices.Sorted(maps.Keys(c.req.Query)) {
		if name != tokenParam && !slices.ContainsFunc(c.op.query, func(p *Param) bool { return p.Name == name }) {
			requestWalker(&c.list, InQuery, name).report(Deviation, "is not documented")
		}
	}
}

func (c *requestCheck) header() {
	for _, p := range c.op.header {
		w := requestWalker(&c.list, InHeader, p.Name)
		w.texts(p.schema, c.req.Header[http.CanonicalHeaderKey(p.Name)], p.Required)
	}
}

// body judges the media type and the body. A body that no operation asked for is
// ignored, and so is the media type of one that is absent and may be.
func (c *requestCheck) body() {
	b := c.op.Body
	if b == nil || len(c.req.Body) == 0 && !c.bodyRequired() {
		return
	}
	if !c.mediaType() && c.mode != Warn {
		return
	}
	switch {
	case isJSON(b.MediaType):
		c.json()
	case b.MediaType == mediaForm:
		c.form()
	default:
		c.out.Body = c.req.Body
	}
}

// bodyRequired tells whether there must be a body: the operation says so, or one of the
// body's members is required.
func (c *requestCheck) bodyRequired() bool {
	return c.op.Body.Required || len(c.op.requestBody.required) > 0
}

// mediaType judges the Content-Type, and says false if it rules the body out. A missing
// one is read as the documented one (wire facts, core 2.3: 415).
func (c *requestCheck) mediaType() bool {
	want, got := c.op.Body.MediaType, c.req.ContentType
	if got == want {
		return true
	}
	w := requestWalker(&c.list, InHeader, "Content-Type")
	if got == "" {
		w.report(Deviation, "is missing and read as "+want)
		return true
	}
	got = essence(got)
	if got == want {
		return true
	}
	w.status = http.StatusUnsupportedMediaType
	reason := "is " + got + ", but the operation takes " + want
	if got == mediaForm {
		reason += " (curl sends the former with -d unless told otherwise)"
	}
	w.violation(reason)
	return false
}

// essence is a media type without its parameters, in lower case.
func essence(contentType string) string {
	contentType, _, _ = strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(contentType))
}

func (c *requestCheck) json() {
	w := requestWalker(&c.list, InBody, "")
	w.coerce = true
	if len(bytes.Trim(c.req.Body, " \t\r\n")) == 0 { // what JSON takes for blanks
		if c.bodyRequired() {
			w.violation("is required")
		}
		return
	}
	v, d, err := decode(c.req.Body)
	if err != nil {
		w.violation(err.Error())
		return
	}
	if d.twice {
		w.report(Deviation, "has the member "+strconv.Quote(d.repeated)+" twice in one object; the last one counts")
	}
	v, changed := w.value(c.op.requestBody, v)
	c.out.Members, _ = v.(map[string]any)
	c.out.Body = c.req.Body
	if changed || d.twice {
		c.out.Body = encode(v)
	}
}

// isJSON tells whether bodies of a media type are JSON.
func isJSON(mediaType string) bool {
	return mediaType == mediaJSON || strings.HasSuffix(mediaType, "+json")
}

// encode writes a decoded value. Numbers keep their digits.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	// A decoded value consists of what JSON can write: this cannot fail.
	_ = e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
