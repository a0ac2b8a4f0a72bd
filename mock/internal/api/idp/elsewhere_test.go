package idp_test

import (
	"strings"
	"testing"
)

// Servers of one seed and one key give out the same token ids in the same order, each to whoever asks.
func TestTokenOfAnotherServerWithTheSameSeed(t *testing.T) {
	t.Parallel()
	here, elsewhere := start(t), start(t)
	mine := here.tokens("", "grant_type=password&username=admin&password="+pass).text("access_token")
	foreign := elsewhere.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	jti := func(w *world, token string) any {
		_, claims := w.read(token)
		return claims["jti"]
	}
	if a, b := jti(here, mine), jti(elsewhere, foreign); a != b {
		t.Fatalf("the ids are %v and %v: this test has to make them equal", a, b)
	}
	if who := here.caller(foreign); who != "" {
		t.Errorf("a token of another server makes the caller %q", who)
	}
	form := "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=" + foreign
	here.refused(here.form("token", "", form), 400, "invalid_grant")
	if a := here.form("revoke_token", "", "token="+foreign); a.Status != 200 || strings.TrimSpace(a.Body) != "" {
		t.Errorf("revoking a foreign token: got %d %s", a.Status, a.Body)
	}
	if here.caller(mine) == "" {
		t.Error("revoking a foreign token revoked the one with the same id")
	}
}
