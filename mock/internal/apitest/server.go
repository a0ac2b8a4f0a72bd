package apitest

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/tenantry/tenantry/mock"
)

// Fixed identities of the demo world.
const (
	RootTenant = "a0000000-0000-4000-8000-000000000000"
	Acme       = "a0000000-0000-4000-8000-000000000001" // a partner in production
	Harbor     = "a0000000-0000-4000-8000-000000000002" // a customer of Acme

	PartnerClient = "c11e0000-0000-4000-8000-000000000001"
	PartnerSecret = "5ec2e75ec2e75ec2e75ec2e75ec2e75e"
	RootClient    = "c11e0000-0000-4000-8000-000000000002"
	RootSecret    = "5ec2e85ec2e85ec2e85ec2e85ec2e85e"

	AdminLogin    = "admin@acme-msp.example"
	AdminPassword = "Passw0rd!"

	// NoSuchID is well formed and names nothing.
	NoSuchID = "ffffffff-ffff-4fff-8fff-ffffffffffff"
)

// Server is a running server with the demo world.
type Server struct {
	*mock.Server
	URL string // http://127.0.0.1:port
	t   testing.TB
}

// An Option changes the configuration before the start.
type Option func(*mock.Config)

// With sets switches of the world.
func With(settings map[string]string) Option {
	return func(c *mock.Config) { c.Settings = settings }
}

// Start runs a server until the test ends.
func Start(t testing.TB, opts ...Option) *Server {
	t.Helper()
	cfg := mock.Config{CheckResponses: true, Logger: slog.New(slog.NewTextHandler(testLog{t}, nil))}
	for _, opt := range opts {
		opt(&cfg)
	}
	srv, err := mock.New(t.Context(), cfg)
	if err != nil {
		t.Fatalf("start the server: %v", err)
	}
	web := httptest.NewServer(srv)
	t.Cleanup(func() {
		web.Close()
		if err := srv.Close(); err != nil {
			t.Errorf("close the server: %v", err)
		}
	})
	return &Server{Server: srv, URL: web.URL, t: t}
}

// testLog shows what the server logs in the test's output.
type testLog struct{ t testing.TB }

func (l testLog) Write(line []byte) (int, error) {
	l.t.Logf("server: %s", line)
	return len(line), nil
}

// Partner is the API client of the partner, by Basic.
func (s *Server) Partner() *Client { return s.Basic(PartnerClient, PartnerSecret) }

// Root is the root-level API client, by Basic.
func (s *Server) Root() *Client { return s.Basic(RootClient, RootSecret) }

// Admin is the partner's administrator, by Basic with login and password.
func (s *Server) Admin() *Client { return s.Basic(AdminLogin, AdminPassword) }

// Basic calls with HTTP Basic credentials.
func (s *Server) Basic(id, secret string) *Client {
	return s.client(func(r *http.Request) { r.SetBasicAuth(id, secret) })
}

// Bearer calls with an access token.
func (s *Server) Bearer(token string) *Client {
	return s.client(func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) })
}

// Nobody calls without credentials.
func (s *Server) Nobody() *Client { return s.client(func(*http.Request) {}) }

// ClientToken gets an access token for a client with client_credentials.
func (s *Server) ClientToken(id, secret string) string {
	s.t.Helper()
	return s.Basic(id, secret).Form("/idp/token", url.Values{"grant_type": {"client_credentials"}}).Want(200).Text("/access_token")
}

// UserToken gets an access token for a user with the password grant.
func (s *Server) UserToken(login, password string) string {
	s.t.Helper()
	form := url.Values{"grant_type": {"password"}, "username": {login}, "password": {password}}
	return s.Nobody().Form("/idp/token", form).Want(200).Text("/access_token")
}

// asIs shows a redirect as the answer that it is.
var asIs = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func (s *Server) client(sign func(*http.Request)) *Client {
	return &Client{t: s.t, base: s.URL + "/api/2", sign: sign, http: asIs}
}

// Session calls with the session cookie of a user, gained by a one-time token.
func (s *Server) Session(login string) *Client {
	s.t.Helper()
	ott := s.Partner().Post("/idp/ott", map[string]string{"purpose": "user_login", "login": login}).Want(200)
	in := s.Nobody().Do("POST", "/idp/ott/login", string(ott.Body)).Want(200)
	cookies := (&http.Response{Header: in.Header}).Cookies()
	return s.client(func(r *http.Request) {
		for _, c := range cookies {
			r.AddCookie(c)
		}
	})
}
