package control_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/control"
)

// unguarded is a control plane on a loopback address, guarded one that is reached from elsewhere.
func unguarded(c *control.Config) { c.Loopback = true }

func guarded(c *control.Config) {
	c.Loopback, c.Token, c.Hosts = false, "t0ken", []string{"Mock.Example", "10.0.0.5", "[2001:db8::1]:8081"}
}

// A visit is a request, and whether it is let in.
type visit struct {
	config             func(*control.Config)
	path, host, origin string
	authorization      string
	status             int
	says               string
}

var visits = map[string]visit{
	"localhost on a loopback listener":          {unguarded, "/version", "localhost:8081", "", "", 200, ""},
	"an address of the loopback network":        {unguarded, "/version", "127.8.9.1", "", "", 200, ""},
	"the loopback address of IPv6":              {unguarded, "/version", "[::1]:8081", "", "", 200, ""},
	"a name below localhost":                    {unguarded, "/version", "mock.localhost.:8081", "", "", 200, ""},
	"a name that was made to lead here":         {unguarded, "/version", "evil.example:8081", "", "", 421, "--control-host evil.example"},
	"an address that is not a loopback one":     {unguarded, "/version", "10.0.0.5:8081", "", "", 421, "--control-host 10.0.0.5"},
	"no host":                                   {unguarded, "/version", "", "", "", 421, ""},
	"a page of its own":                         {unguarded, "/version", "localhost:8081", "http://localhost:8081", "", 200, ""},
	"a page of another port":                    {unguarded, "/version", "localhost:8081", "http://localhost:3000", "", 403, "http://localhost:3000"},
	"a page of another host":                    {unguarded, "/version", "localhost:8081", "https://evil.example", "", 403, "evil.example"},
	"a page of no origin":                       {unguarded, "/version", "localhost:8081", "null", "", 403, "null"},
	"a page that asks for the health":           {unguarded, "/healthz", "localhost:8081", "https://evil.example", "", 403, ""},
	"a named host with the token":               {guarded, "/version", "mock.example:8081", "", "Bearer t0ken", 200, ""},
	"a named host by another case":              {guarded, "/version", "MOCK.example", "", "bearer t0ken", 200, ""},
	"a named address":                           {guarded, "/version", "10.0.0.5", "", "Bearer t0ken", 200, ""},
	"a named address of IPv6":                   {guarded, "/version", "[2001:db8::1]:9", "", "Bearer t0ken", 200, ""},
	"no token":                                  {guarded, "/version", "mock.example", "", "", 401, "--control-token"},
	"a wrong token":                             {guarded, "/version", "mock.example", "", "Bearer t0ke", 401, ""},
	"a token that goes on":                      {guarded, "/version", "mock.example", "", "Bearer t0ken2", 401, ""},
	"a token of another scheme":                 {guarded, "/version", "mock.example", "", "Basic t0ken", 401, ""},
	"metrics without a token":                   {guarded, "/metrics", "mock.example", "", "", 401, ""},
	"a path that is not there without a token":  {guarded, "/nothing", "mock.example", "", "", 401, ""},
	"localhost where it is not a name":          {guarded, "/version", "localhost", "", "Bearer t0ken", 421, ""},
	"the health without a token under any name": {guarded, "/healthz", "10.1.2.3:8081", "", "", 200, ""},
	"readiness, too":                            {guarded, "/readyz", "10.1.2.3:8081", "", "", 200, ""},
	"but nothing below it":                      {guarded, "/healthz/x", "10.1.2.3:8081", "", "", 421, ""},
}

func TestWhoIsLetIn(t *testing.T) {
	t.Parallel()
	for name, v := range visits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v.make(t)
		})
	}
}

func (v *visit) make(t *testing.T) {
	t.Helper()
	p := start(t, v.config)
	r := httptest.NewRequest(http.MethodGet, "/_mock/v1"+v.path, http.NoBody)
	r.Host = v.host
	if v.origin != "" {
		r.Header.Set("Origin", v.origin)
	}
	if v.authorization != "" {
		r.Header.Set("Authorization", v.authorization)
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	if w.Code != v.status || !strings.Contains(w.Body.String(), v.says) {
		t.Errorf("is %d, want %d that says %q: %s", w.Code, v.status, v.says, w.Body)
	}
	if w.Code == http.StatusUnauthorized && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") {
		t.Error("a 401 does not say how to authenticate (RFC 9110, 11.6.1)")
	}
	neverCORS(t, w.Header())
}

// A preflight is what a browser asks before a page may send JSON here: it gets no permission.
func TestAPreflightIsNotPermitted(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, origin := range []string{"", "https://evil.example"} {
		r := httptest.NewRequest(http.MethodOptions, "/_mock/v1/sandboxes", http.NoBody)
		r.Host = "localhost"
		r.Header.Set("Access-Control-Request-Method", "POST")
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		if w.Code < 400 {
			t.Errorf("a preflight from %q is %d", origin, w.Code)
		}
		neverCORS(t, w.Header())
	}
}

func neverCORS(t *testing.T, header http.Header) {
	t.Helper()
	for name := range header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("the answer has %s", name)
		}
	}
	if got := header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control is %q: answers hold secrets", got)
	}
}

func TestAStoppedServerIsNotReady(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.do(t, "GET", "/readyz", nil).want(200)
	p.Stop()
	p.do(t, "GET", "/readyz", nil).refused(503, "stopping")
	p.do(t, "GET", "/healthz", nil).want(200)
}
