package inject

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
)

// edit gives a member of the answer, a JSON object, another value, and leaves every other byte as it is. A member that is
// not there is added at the end. It marks the answer as injected; one that is no object, because of another fault, stays.
func edit(ex *op.Exchange, name string, value any) error {
	raw, err := op.Encode(value)
	if err != nil {
		return fmt.Errorf("encode the member %q of an injected answer: %w", name, err)
	}
	body := ex.Reply.Body
	from, to, ok := span(body, name)
	if !ok {
		if !bytes.HasPrefix(body, []byte(`{"`)) || !bytes.HasSuffix(body, []byte("}")) {
			return nil
		}
		from, to = len(body)-1, len(body)-1
		raw = fmt.Appendf(nil, ",%q:%s", name, raw)
	}
	ex.Reply.Body = slices.Concat(body[:from], raw, body[to:])
	ex.Inject()
	return nil
}

// span is where the value of a member of a JSON object stands.
func span(object []byte, name string) (from, to int, ok bool) {
	d := json.NewDecoder(bytes.NewReader(object))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return 0, 0, false
	}
	for d.More() {
		key, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			return 0, 0, false
		}
		if key == name {
			to = int(d.InputOffset())
			return to - len(value), to, true
		}
	}
	return 0, 0, false
}
