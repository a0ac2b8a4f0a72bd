package run

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

const (
	mediaJSON = "application/json"
	mediaForm = "application/x-www-form-urlencoded"
)

// body makes the body of a request from the payload, in the form that its media type asks for.
func (a *attempt) body(s scope, r *request) error {
	b := a.s.Body
	if b == nil || b.Payload == nil {
		return nil
	}
	payload, err := b.Payload.Make(s)
	if err != nil {
		return err
	}
	for _, x := range b.Replacements {
		with, err := x.Value.Make(s)
		if err != nil {
			return fmt.Errorf("replacement %s: %w", x.Target, err)
		}
		replaced, ok := value.Replace(payload, x.Target, with)
		if !ok {
			return fmt.Errorf("replacement %s: the payload has no such place", x.Target)
		}
		payload = replaced
	}
	media := a.mediaType()
	if r.header.Get("Content-Type") == "" {
		r.header.Set("Content-Type", media)
	}
	r.seen, r.hasBody = payload, true
	r.raw, err = encode(media, payload, b.Raw)
	if decoded, bad := value.Decode(r.raw); b.Raw && bad == nil && isJSON(media) {
		r.seen = decoded // what expressions see of a payload that was written as a text
	}
	return err
}

func (a *attempt) mediaType() string {
	switch {
	case a.s.Body.ContentType != "":
		return a.s.Body.ContentType
	case a.s.Operation.Body != nil:
		return a.s.Operation.Body.MediaType
	}
	return mediaJSON
}

func isJSON(media string) bool {
	media, _, _ = strings.Cut(strings.ToLower(media), ";")
	media = strings.TrimSpace(media)
	return media == mediaJSON || strings.HasSuffix(media, "+json")
}

func encode(media string, payload any, raw bool) ([]byte, error) {
	text, isText := payload.(string)
	switch {
	case raw && isText && !strings.HasPrefix(text, "data:"):
		return []byte(text), nil
	case isJSON(media):
		return value.Encode(payload), nil
	case strings.HasPrefix(media, mediaForm):
		return form(payload)
	case isText:
		return data(text)
	}
	return nil, fmt.Errorf("a payload of %s must be a text, not %s", media, value.Kind(payload))
}

// form encodes an object; a list is one pair for each element, and null is left out.
func form(payload any) ([]byte, error) {
	members, ok := payload.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("the payload of a form must be an object, not %s", value.Kind(payload))
	}
	values := url.Values{}
	for name, v := range members {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, e := range list {
			if e != nil {
				values.Add(name, value.Text(e))
			}
		}
	}
	return []byte(values.Encode()), nil
}

// data reads a data URL (RFC 2397) with base64, so that a file can hold bytes that are no text. Other texts are themselves.
func data(text string) ([]byte, error) {
	if !strings.HasPrefix(text, "data:") {
		return []byte(text), nil
	}
	_, encoded, ok := strings.Cut(text, ";base64,")
	if !ok {
		return nil, errors.New("a data URL must be of the form data:;base64,…")
	}
	return base64.StdEncoding.DecodeString(encoded)
}
