package mock_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/tenantry/tenantry/mock"
)

// The served operations stand beside a bare echo handler that writes the same bytes, in the same run:
//
//	go test ./mock -run '^$' -bench 'Users' -count 5
func BenchmarkUsersGet(b *testing.B) {
	srv, token := benchServer(b)
	id, body := benchUser(b, srv.URL, token)
	b.Run("tenantry", func(b *testing.B) { call(b, srv.URL+"/api/2/users/"+id, http.MethodGet, token, nil) })
	bare := bareServer(b, body)
	b.Run("bare", func(b *testing.B) { call(b, bare.URL+"/api/2/users/"+id, http.MethodGet, token, nil) })
}

func BenchmarkUsersPost(b *testing.B) {
	srv, token := benchServer(b)
	_, body := benchUser(b, srv.URL, token)
	n := 0
	next := func() []byte { n++; return userBody(fmt.Sprint("bench", n)) }
	b.Run("tenantry", func(b *testing.B) { call(b, srv.URL+"/api/2/users", http.MethodPost, token, next) })
	bare := bareServer(b, body)
	b.Run("bare", func(b *testing.B) { call(b, bare.URL+"/api/2/users", http.MethodPost, token, next) })
}

func benchServer(b *testing.B) (*httptest.Server, string) {
	b.Helper()
	srv, err := mock.New(b.Context(), mock.Config{})
	if err != nil {
		b.Fatal(err)
	}
	web := httptest.NewServer(srv)
	b.Cleanup(web.Close)
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {partnerClient}, "client_secret": {partnerSecret}}
	resp, err := http.PostForm(web.URL+"/api/2/idp/token", form) //nolint:noctx // bounded by the benchmark
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var token struct {
		Access string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&token); err != nil || token.Access == "" {
		b.Fatalf("no token: %v", err)
	}
	return web, token.Access
}

// bareServer answers any request with the body, after reading what was sent.
func bareServer(b *testing.B, body []byte) *httptest.Server {
	b.Helper()
	e := echo.New()
	answer := func(c echo.Context) error {
		if _, err := io.Copy(io.Discard, c.Request().Body); err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/json; charset=utf-8", body)
	}
	e.GET("/api/2/users/:user_id", answer)
	e.POST("/api/2/users", answer)
	web := httptest.NewServer(e)
	b.Cleanup(web.Close)
	return web
}

func userBody(login string) []byte {
	return []byte(`{"tenant_id":"` + harbor + `","login":"` + login + `","contact":{"email":"` + login + `@example.com","firstname":"Ben","lastname":"Mark"}}`)
}

func benchUser(b *testing.B, base, token string) (id string, body []byte) {
	b.Helper()
	body = roundTrip(b, base+"/api/2/users", http.MethodPost, token, userBody("first"))
	var user struct{ ID string }
	if err := json.Unmarshal(body, &user); err != nil || user.ID == "" {
		b.Fatalf("no user: %s", body)
	}
	return user.ID, body
}

func call(b *testing.B, target, method, token string, next func() []byte) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		var body []byte
		if next != nil {
			body = next()
		}
		roundTrip(b, target, method, token, body)
	}
}

func roundTrip(b *testing.B, target, method, token string, body []byte) []byte {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, target, bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var answer strings.Builder
	if _, err := io.Copy(&answer, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		b.Fatalf("%s %s: %s: %s (%v)", method, target, resp.Status, answer.String(), err)
	}
	return []byte(answer.String())
}
