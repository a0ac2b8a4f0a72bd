package record

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
	"github.com/tenantry/tenantry/openapi"
)

// An exchange is one request and what came of it.
type exchange struct {
	n        int                // by the order of arrival, from 1
	op       *openapi.Operation // nil if the document has none
	method   string
	path     string // as dialled, escaped
	rawQuery string
	query    url.Values
	values   map[string]string // of the path's parameters
	request  message
	answer   message
	status   int    // 0 without an answer
	failure  string // why there is none

	forgotten bool // what was sent is not kept
}

// A message is a request or an answer.
type message struct {
	header http.Header
	body   []byte // as it was meant: without its content coding
	size   int    // as it was sent
	whole  bool   // the body is all of it
}

// fill sets the body. One that is too long, or of an unknown content coding, is not kept.
func (m *message) fill(raw []byte, whole bool, limit int64) {
	m.size, m.whole = len(raw), whole
	if !whole {
		return
	}
	m.body = raw
	switch coding := strings.ToLower(m.header.Get("Content-Encoding")); {
	case len(raw) == 0 || coding == "" || coding == "identity":
	case coding == "gzip":
		m.body, m.whole = unzip(raw, limit)
	default:
		m.body, m.whole = nil, false
	}
}

func unzip(raw []byte, limit int64) ([]byte, bool) {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, false
	}
	plain, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil || int64(len(plain)) > limit {
		return nil, false
	}
	return plain, true
}

// media is the media type without its parameters.
func (m *message) media() string {
	media, _, err := mime.ParseMediaType(m.header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

// json is the body as a value, false if it is none.
func (m *message) json() (any, bool) {
	if len(m.body) == 0 {
		return nil, false
	}
	if media := m.media(); media != mediaJSON && !strings.HasSuffix(media, "+json") {
		return nil, false
	}
	v, err := value.Decode(m.body)
	return v, err == nil
}

// form is the body as the pairs of a form, false if it is none.
func (m *message) form() (url.Values, bool) {
	if m.media() != mediaForm {
		return nil, false
	}
	pairs, err := url.ParseQuery(string(m.body))
	return pairs, err == nil
}

const (
	mediaJSON = "application/json"
	mediaForm = "application/x-www-form-urlencoded"
)

func (x *exchange) whole() bool { return x.request.whole && (x.answer.whole || x.status == 0) }

// size is about what the exchange needs of memory.
func (x *exchange) size() int64 {
	const overhead = 512
	size := overhead + len(x.path) + 2*len(x.rawQuery) + len(x.request.body) + len(x.answer.body)
	for _, h := range []http.Header{x.request.header, x.answer.header} {
		for name, values := range h {
			size += len(name) + len(strings.Join(values, ""))
		}
	}
	return int64(size)
}

// forget leaves of an exchange only that it was, and how it ended.
func (x *exchange) forget() { x.request, x.answer, x.forgotten = message{}, message{}, true }

// line is what is told of the exchange: method, path, status, operation and findings. It holds no value of the session.
func (x *exchange) line(words *vocabulary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", words.method(x.method), x.place(words, func(string) bool { return false }))
	if x.status != 0 {
		fmt.Fprintf(&b, " %d", x.status)
	}
	if x.op != nil {
		b.WriteString(" " + x.op.ID)
	}
	if found := x.findings(); len(found) > 0 {
		b.WriteString(": " + strings.Join(found, "; "))
	}
	return b.String()
}

// place is the path as the document writes it, or what may be told of another one.
func (x *exchange) place(words *vocabulary, tells func(string) bool) string {
	if x.op != nil {
		return x.op.Path
	}
	return words.path(x.path, tells)
}

// findings are what the document says of both sides.
func (x *exchange) findings() []string {
	var all []string
	if x.op == nil {
		all = append(all, "not in the document")
	}
	if x.failure != "" {
		return append(all, x.failure)
	}
	if x.op == nil {
		return all
	}
	if x.request.whole {
		checked := x.op.CheckRequest(&openapi.Request{
			Path: x.values, Query: x.query, Header: x.request.header,
			ContentType: x.request.header.Get("Content-Type"), Body: x.request.body,
		}, openapi.Enforce)
		all = appendFindings(all, "request", checked.Findings)
	} else {
		all = append(all, "request body is too long or of an unknown coding: not judged, not recorded")
	}
	if x.answer.whole {
		return appendFindings(all, "response", x.op.CheckResponse(x.status, x.answer.header, x.answer.body))
	}
	return append(all, "response body is too long or of an unknown coding: not judged, not recorded")
}

func appendFindings(to []string, side string, found []openapi.Finding) []string {
	for _, f := range found {
		text := side + " " + f.String()
		if f.Severity != openapi.Violation {
			text = f.Severity.String() + ": " + text
		}
		to = append(to, text)
	}
	return to
}
