package auth_test

import (
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/tenantry/tenantry/mock/internal/auth"
)

func TestForge(t *testing.T) {
	t.Parallel()
	keys := keysFor(t)
	token, err := keys.Sign(auth.TypeAccess, []byte(payload), map[string]any{"nri": 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		forgery auth.Forgery
		kid     string
		payload string // "" where nothing verifies
	}{
		"without a change it is the same token": {auth.Forgery{}, keys.ID(), payload},
		"other claims, signed well":             {auth.Forgery{Claims: map[string]any{"sub": "else"}}, keys.ID(), `{"jti":"4fQ0h2mYx8Zk1TnVb7RcWs","sub":"else"}`},
		"by the second key":                     {auth.Forgery{Keys: keys.Rotated()}, keys.Rotated().ID(), payload},
		"with a spoiled signature":              {auth.Forgery{Spoiled: true}, keys.ID(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			forged, ok := keys.Forge(token, tt.forgery)
			if !ok {
				t.Fatal("Forge: not ok")
			}
			signed, err := jose.ParseSignedCompact(forged, []jose.SignatureAlgorithm{jose.RS256})
			if err != nil {
				t.Fatalf("read the copy: %v", err)
			}
			header := signed.Signatures[0].Header
			if header.KeyID != tt.kid || header.ExtraHeaders["nri"] != float64(1) || header.ExtraHeaders[jose.HeaderType] != auth.TypeAccess {
				t.Errorf("header: %+v", header)
			}
			got, err := keys.Verify(forged)
			if string(got) != tt.payload || (err == nil) != (tt.payload != "") {
				t.Errorf("Verify: %s, %v; want %s", got, err, tt.payload)
			}
		})
	}
	if _, ok := keys.Forge("no.token.either", auth.Forgery{}); ok {
		t.Error("Forge takes what nobody signed")
	}
}

func TestTheKeysThatAreRotatedTo(t *testing.T) {
	t.Parallel()
	keys := keysFor(t)
	if keys.ID() == keys.Rotated().ID() {
		t.Fatal("the second key is the first one")
	}
	if n := len(keys.Set().Keys); n != 1 {
		t.Errorf("Set lists %d keys, want the current one", n)
	}
	both := keys.RotatedSet().Keys
	if len(both) != 2 || both[0].KeyID != keys.Rotated().ID() || both[1].KeyID != keys.ID() {
		t.Errorf("RotatedSet: %v", both)
	}
	for _, key := range both {
		if !key.IsPublic() {
			t.Errorf("the key %s is listed with its private half", key.KeyID)
		}
	}
}
