package control_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/control"
)

func TestWhoIsLetIn(t *testing.T) {
	t.Parallel()
	open := func(c *control.Config) { c.Loopback = true }
	closed := func(c *control.Config) {
		c.Loopback, c.Token, c.Hosts = false, "t0ken", []string{"Mock.Example", "10.0.0.5", "[2001:db8::1]:8081"}
	}
	for name, tt := range map[string]struct {
		config             func(*control.Config)
		path, host, origin string
		authorization      string
		status             int
		says               string
	}{
		"localhost on a loopback listener":          {open, "/version", "localhost:8081", "", "", 200, ""},
		"an address of the loopback network":        {open, "/version", "127.8.9.1", "", "", 200, ""},
		"the loopback address of IPv6":              {open, "/version", "[::1]:8081", "", "", 200, ""},
		"a name below localhost":                    {open, "/version", "mock.localhost.:8081", "", "", 200, ""},
		"a name that was made to lead here":         {open, "/version", "evil.example:8081", "", "", 421, "--control-host evil.example"},
		"an address that is not a loopback one":     {open, "/version", "10.0.0.5:8081", "", "", 421, "--control-host 10.0.0.5"},
		"no host":                                   {open, "/version", "", "", "", 421, ""},
		"a page of its own":                         {open, "/version", "localhost:8081", "http://localhost:8081", "", 200, ""},
		"a page of another port":                    {open, "/version", "localhost:8081", "http://localhost:3000", "", 403, "http://localhost:3000"},
		"a page of another host":                    {open, "/version", "localhost:8081", "https://evil.example", "", 403, "evil.example"},
		"a page of no origin":                       {open, "/version", "localhost:8081", "null", "", 403, "null"},
		"a page that asks for the health":           {open, "/healthz", "localhost:8081", "https://evil.example", "", 403, ""},
		"a named host with the token":               {closed, "/version", "mock.example:8081", "", "Bearer t0ken", 200, ""},
		"a named host by another case":              {closed, "/version", "MOCK.example", "", "bearer t0ken", 200, ""},
		"a named address":                           {closed, "/version", "10.0.0.5", "", "Bearer t0ken", 200, ""},
		"a named address of IPv6":                   {closed, "/version", "[2001:db8::1]:9", "", "Bearer t0ken", 200, ""},
		"no token":                                  {closed, "/version", "mock.example", "", "", 401, "--control-token"},
		"a wrong token":                             {closed, "/version", "mock.example", "", "Bearer t0ke", 401, ""},
		"a token that goes on":                      {closed, "/version", "mock.example", "", "Bearer t0ken2", 401, ""},
		"a token of another scheme":                 {closed, "/version", "mock.example", "", "Basic t0ken", 401, ""},
		"metrics without a token":                   {closed, "/metrics", "mock.example", "", "", 401, ""},
		"a path that is not there without a token":  {closed, "/nothing", "mock.example", "", "", 401, ""},
		"localhost where it is not a name":          {closed, "/version", "localhost", "", "Bearer t0ken", 421, ""},
		"the health without a token under any name": {closed, "/healthz", "10.1.2.3:8081", "", "", 200, ""},
		"readiness, too":                            {closed, "/readyz", "10.1.2.3:8081", "", "", 200, ""},
		"but nothing below it":                      {closed, "/healthz/x", "10.1.2.3:8081", "", "", 421, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, tt.config)
			r := httptest.NewRequest(http.MethodGet, "/_mock/v1"+tt.path, http.NoBody)
			r.Host = tt.host
			if tt.origin != "" {
				r.Header.Set("Origin", tt.origin)
			}
			if tt.authorization != "" {
				r.Header.Set("Authorization", tt.authorization)
			}
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) {
				t.Errorf("is %d, want %d that says %q: %s", w.Code, tt.status, tt.says, w.Body)
			}
			if w.Code == http.StatusUnauthorized && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") {
				t.Error("a 401 does not say how to authenticate (RFC 9110, 11.6.1)")
			}
			neverCORS(t, w.Header())
		})
	}
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
