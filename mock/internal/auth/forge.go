package auth

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// A Forgery is what sets a copy of a token apart from the token.
type Forgery struct {
	Keys    *Keys          // that sign the copy; nil: those that are asked
	Claims  map[string]any // in place of its own
	Spoiled bool           // the signature does not match
}

// Forge is a copy of a token that these keys or those that they rotate to signed, of either type; ok is false for any
// other text. It changes nothing on the server: whether the copy counts is up to the row of the token.
func (k *Keys) Forge(token string, f Forgery) (forged string, ok bool) {
	payload, header, err := k.verify(token)
	if err != nil {
		return "", false
	}
	if len(f.Claims) > 0 {
		if payload, err = withClaims(payload, f.Claims); err != nil {
			return "", false
		}
	}
	by := f.Keys
	if by == nil {
		by = k.withID(header.KeyID)
	}
	forged, err = by.Sign(headerText(header, jose.HeaderType), payload, nriOf(header))
	if err == nil && f.Spoiled {
		forged = spoil(forged)
	}
	return forged, err == nil
}

// nriOf keeps the one member that our own headers have beside those of every header.
func nriOf(h jose.Header) map[string]any {
	if nri, ok := h.ExtraHeaders["nri"]; ok {
		return map[string]any{"nri": nri}
	}
	return nil
}

func withClaims(payload []byte, claims map[string]any) ([]byte, error) {
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(payload, &all); err != nil {
		return nil, fmt.Errorf("read the claims of a token: %w", err)
	}
	for name, value := range claims {
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("encode the claim %q: %w", name, err)
		}
		all[name] = raw
	}
	return json.Marshal(all)
}

// spoil changes the first character of the signature, which has no bits to spare.
func spoil(token string) string {
	at := strings.LastIndexByte(token, '.') + 1
	other := "A"
	if token[at] == 'A' {
		other = "B"
	}
	return token[:at] + other + token[at+1:]
}
