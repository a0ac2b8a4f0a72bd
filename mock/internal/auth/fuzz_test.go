package auth_test

import (
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/auth"
)

// FuzzClaims holds that nothing breaks the reader of tokens, and that it takes none but the one that was signed.
func FuzzClaims(f *testing.F) {
	keys, err := auth.DevelopmentKeys()
	if err != nil {
		f.Fatalf("development keys: %v", err)
	}
	for payload, typ := range map[string]string{
		`{"jti":"signed"}`: auth.TypeAccess, `{"jti":""}`: auth.TypeAccess, `{"jti":5}`: auth.TypeAccess, `[]`: auth.TypeAccess,
		`{"jti":"other","jti":"signed"}`: auth.TypeAccess, `{"jti":"signed","exp":"never"}`: auth.TypeAccess, `x`: auth.TypeAccess,
		`{"jti":"id token"}`: auth.TypeID,
	} {
		token, err := keys.Sign(typ, []byte(payload), nil)
		if err != nil {
			f.Fatalf("sign %s: %v", payload, err)
		}
		f.Add(token)
		f.Add(strings.Replace(token, ".", "..", 1))
	}
	for _, text := range []string{"", ".", "..", "e30.e30.", "eyJhbGciOiJub25lIn0.e30.", `{"payload":"e30","signatures":[]}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, token string) {
		if claims, ok := keys.Claims(token); ok && claims.ID != "signed" {
			t.Errorf("Claims(%q) = %+v, which nobody signed", token, claims)
		}
	})
}
