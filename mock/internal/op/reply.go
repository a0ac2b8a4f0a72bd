package op

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// jsonType is what the service sends (wire facts, idp 1.5).
const jsonType = "application/json; charset=utf-8"

// A Document is an output that is not JSON, or that needs headers of its own.
type Document struct {
	Status int // 0: the operation's success status
	Header http.Header
	Type   string // media type of Body
	Body   []byte
	JSON   any // in place of Type and Body
}

// A Framed output is sent as the Document that it makes of itself, once it is finished (see Finisher).
type Framed interface{ Document() *Document }

// reply puts an output into the exchange.
func (ex *Exchange) reply(out any) error {
	ex.Reply = Reply{Status: ex.Operation.Success, Header: http.Header{}}
	switch out := out.(type) {
	case None:
		return nil
	case *Document:
		return ex.replyDocument(out)
	case Framed:
		return ex.replyDocument(out.Document())
	default:
		return ex.replyJSON(out)
	}
}

func (ex *Exchange) replyDocument(d *Document) error {
	if d.Status != 0 {
		ex.Reply.Status = d.Status
	}
	for name, values := range d.Header {
		ex.Reply.Header[name] = values
	}
	if d.JSON != nil {
		return ex.replyJSON(d.JSON)
	}
	if d.Type != "" {
		ex.Reply.Header.Set("Content-Type", d.Type)
	}
	ex.Reply.Body = d.Body
	return nil
}

func (ex *Exchange) replyJSON(v any) error {
	body, err := Encode(v)
	if err != nil {
		return fmt.Errorf("encode the answer of %s: %w", ex.Operation.ID, err)
	}
	ex.Reply.Header.Set("Content-Type", jsonType)
	ex.Reply.Body = body
	return nil
}

// Encode is JSON as the service prints it: one line without a newline at its end, which shell clients depend on
// (wire facts, clients 1), and without escapes for HTML.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
