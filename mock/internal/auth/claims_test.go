package auth_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/auth"
)

const payload = `{"jti":"4fQ0h2mYx8Zk1TnVb7RcWs","sub":"somebody"}`

func signed(tb testing.TB, keys *auth.Keys, typ string) string {
	tb.Helper()
	token, err := keys.Sign(typ, []byte(payload), nil)
	if err != nil {
		tb.Fatalf("Sign: %v", err)
	}
	return token
}

func keysFor(tb testing.TB) *auth.Keys {
	tb.Helper()
	keys, err := auth.DevelopmentKeys()
	if err != nil {
		tb.Fatalf("DevelopmentKeys: %v", err)
	}
	return keys
}

func TestClaims(t *testing.T) {
	t.Parallel()
	keys := keysFor(t)
	claims, ok := keys.Claims(signed(t, keys, auth.TypeAccess))
	if diff := cmp.Diff("4fQ0h2mYx8Zk1TnVb7RcWs", claims.ID); diff != "" || !ok {
		t.Errorf("Claims: %v (-want +got):\n%s", ok, diff)
	}
	unnamed, err := keys.Sign(auth.TypeAccess, []byte(`{"sub":"somebody"}`), nil)
	if err != nil {
		t.Fatalf("Sign: %v", err)
	}
	list, err := keys.Sign(auth.TypeAccess, []byte(`[]`), nil)
	if err != nil {
		t.Fatalf("Sign: %v", err)
	}
	for name, token := range map[string]string{
		"no token": "", "text": "a.b.c", "unsigned": "eyJhbGciOiJub25lIn0.e30.", "without a jti": unnamed, "no object": list,
		"an id token": signed(t, keys, auth.TypeID),
	} {
		if claims, ok := keys.Claims(token); ok {
			t.Errorf("Claims of %s: got %q, want none", name, claims.ID)
		}
	}
}

// FuzzVerify holds that nothing verifies but what was signed.
func FuzzVerify(f *testing.F) {
	keys := keysFor(f)
	token := signed(f, keys, auth.TypeAccess)
	for _, seed := range []string{token, token[:len(token)-1], token + "=", "." + token, "", "..", "eyJhbGciOiJub25lIn0.e30.", "{}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		got, err := keys.Verify(token)
		if err == nil && string(got) != payload {
			t.Errorf("Verify(%q): got %s, which nobody signed", token, got)
		}
		if claims, ok := keys.Claims(token); ok != (err == nil) {
			t.Errorf("Claims(%q): got %q, %v, but Verify says %v", token, claims.ID, ok, err)
		}
	})
}
