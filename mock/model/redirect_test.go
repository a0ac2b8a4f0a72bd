package model_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// FuzzCheckRedirect holds that nothing passes but what is registered, and that the answer then goes to that very place.
func FuzzCheckRedirect(f *testing.F) {
	registered := []string{"https://app.example/back", "https://app.example/back?a=b", "/portal/back", "com.example.app://back", "http://127.0.0.1:4000/"}
	for _, uri := range []string{
		"https://app.example/back", "https://app.example/back/", "https://app.example/back?a=b&c=d", "https://app.example/back#x",
		"https://app.example@evil.example/back", "https://app.example\\@evil.example/back", "//evil.example", "javascript:alert(1)",
		"/portal/back", "com.example.app://back", "HTTPS://APP.EXAMPLE/back", "https://app.example/back%00", " https://app.example/back", "",
	} {
		f.Add(uri, "")
		f.Add(registered[0], uri)
	}
	f.Fuzz(func(t *testing.T, uri, extra string) {
		c := &model.Client{RedirectURIs: append(slices.Clone(registered), extra)}
		err := model.CheckRedirect(c, uri)
		if err == nil && !slices.Contains(c.RedirectURIs, uri) {
			t.Fatalf("CheckRedirect(%q) passes what is not registered", uri)
		}
		if err != nil {
			if slices.Contains(registered, uri) {
				t.Fatalf("CheckRedirect(%q) = %v, though it is registered", uri, err)
			}
			return
		}
		want, _ := url.Parse(uri)
		got, err := url.Parse(model.AddQuery(uri, url.Values{"code": {"x&y"}}))
		if err != nil || got.Scheme != want.Scheme || got.Host != want.Host || got.Path != want.Path || got.User.String() != want.User.String() {
			t.Fatalf("the answer to %q goes to %v (%v)", uri, got, err)
		}
		if got.Query().Get("code") != "x&y" && !strings.Contains(uri, "code=") && got.Opaque == "" {
			t.Errorf("the answer to %q is %v, without its code", uri, got)
		}
	})
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	c := &model.Client{RedirectURIs: []string{
		"https://app.example/a", "https://app.example/b", "http://app.example:81/", "/here", "app://x", "::", "https:///no-host",
	}}
	if diff := cmp.Diff([]string{"https://app.example", "http://app.example:81"}, c.Origins()); diff != "" {
		t.Errorf("Origins() (-want +got):\n%s", diff)
	}
}
