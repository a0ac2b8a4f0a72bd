package control_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/auth"
)

func TestATokenIsMintedForTheSandboxThatItIsFor(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.sandbox(t, object{"id": "mine"})
	got := p.do(t, "POST", "/sandboxes/mine/tokens", object{"user": admin, "ttl": "10m"}).want(201).object()
	claims := got["claims"].(object)
	if claims["iss"] != "http://127.0.0.1:8080/s/mine" || got["token_type"] != "bearer" {
		t.Errorf("the token is %v", got)
	}
	if left := got["expires_in"].(float64); left < 590 || left > 600 {
		t.Errorf("a token of 10 minutes expires in %v seconds", left)
	}
	other := p.do(t, "POST", "/sandboxes/mine/tokens", object{"client": client, "issuer": "https://a.example"}).want(201).object()
	if iss := other["claims"].(object)["iss"]; iss != "https://a.example" {
		t.Errorf("the issuer is %v", iss)
	}
}

func TestEveryBreakageIsMinted(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, broken := range auth.Breakages() {
		got := p.do(t, "POST", def+"/tokens", object{"user": admin, "broken": broken}).want(201).object()
		if left := got["expires_in"].(float64); (left < 0) != (broken == auth.Expired) {
			t.Errorf("a token that is %s expires in %v seconds", broken, left)
		}
	}
}

func TestTokensThatAreRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	for name, tt := range map[string]struct {
		body   object
		status int
		says   string
	}{
		"for nobody":             {object{}, 400, "user, a client"},
		"for an unknown user":    {object{"user": "nobody@x.example"}, 404, "nobody@x.example"},
		"broken by nothing":      {object{"user": admin, "broken": "exipred"}, 400, "/broken must be one of"},
		"with a misspelt member": {object{"usr": admin}, 400, "did you mean user?"},
		"for fractions":          {object{"user": admin, "ttl": "1500ms"}, 400, "whole seconds"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p.do(t, "POST", def+"/tokens", tt.body).refused(tt.status, tt.says)
		})
	}
}
