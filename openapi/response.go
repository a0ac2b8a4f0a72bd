package openapi

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A response is what the document says of one status.
type response struct {
	flat    bool
	content map[string]*schema // by media type; empty if there is no body
}

// response finds what is said of a status, and whether the table has it: by itself or
// by its class, not by default alone.
func (o *Operation) response(status int) (r *response, listed bool) {
	if r, ok := o.responses[strconv.Itoa(status)]; ok {
		return r, true
	}
	if r, ok := o.responses[strconv.Itoa(status/100)+"XX"]; ok {
		return r, true
	}
	if status < http.StatusBadRequest {
		return nil, false
	}
	return o.responses["default"], false
}

// CheckResponse judges an answer by the document: its status, its media type and its
// body, to the last byte. Deviations are what JSON allows and typed clients stumble
// over; notes are what the document does not tell of.
func (o *Operation) CheckResponse(status int, header http.Header, body []byte) []Finding {
	var list findings
	r, listed := o.response(status)
	if !listed {
		list.add(undocumented(status, r != nil))
	}
	if r != nil {
		r.judge(&list, header, body)
	}
	return list.sorted()
}

// undocumented is the finding for a status that the operation's table lacks. An error
// that is documented by default is only a note: the reference's tables are not exhaustive.
func undocumented(status int, covered bool) Finding {
	f := Finding{In: InStatus, Reason: strconv.Itoa(status) + " is not in the operation's table", Severity: Violation}
	if covered {
		f.Severity = Note
	}
	return f
}

func (r *response) judge(list *findings, header http.Header, body []byte) {
	w := &walker{list: list, in: InBody, unknown: Note}
	if len(r.content) == 0 {
		if len(body) > 0 {
			w.violation("must be empty")
		}
		return
	}
	if len(body) == 0 {
		w.violation("must not be empty")
		return
	}
	got := essence(header.Get("Content-Type"))
	s := r.schema(got)
	if s == nil {
		h := &walker{list: list, in: InHeader, name: "Content-Type"}
		h.violation("must be " + strings.Join(slices.Sorted(maps.Keys(r.content)), " or ") + ", is " + strconv.Quote(got))
		return
	}
	if isJSON(got) {
		w.document(s, body)
	}
}

// schema finds the schema of a media type, which may be documented as a range: text/*.
func (r *response) schema(mediaType string) *schema {
	major, _, _ := strings.Cut(mediaType, "/")
	for _, key := range []string{mediaType, major + "/*", "*/*"} {
		if s := r.content[key]; s != nil {
			return s
		}
	}
	return nil
}

// document judges a body of JSON.
func (w *walker) document(s *schema, body []byte) {
	v, d, err := decode(body)
	if err != nil {
		w.violation(err.Error())
		return
	}
	if d.twice {
		w.violation("has the member " + strconv.Quote(d.repeated) + " twice in one object")
	}
	w.value(s, v)
}
