package mock_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/tenantry/tenantry/internal/duel"
	"github.com/tenantry/tenantry/mock"
)

// The guard of speed: what a request allocates does not depend on the machine or on what else it does, and may not grow
// unnoticed. The bounds are what was measured and a twentieth more: another version of Go allocates a little differently,
// and a pool that a collection has emptied is filled again. Who saves work lowers them.
//
// The test does not run in parallel, as the runtime counts what the whole process allocates.
func TestRequestsAllocateNoMoreThanTheyDid(t *testing.T) {
	if underRace {
		t.Skip("the race detector allocates, and makes pools forget")
	}
	g := newGauge(t)
	user := g.create("first")
	for n := range 99 {
		g.create(fmt.Sprint("page", n))
	}
	form := "grant_type=client_credentials&client_id=" + partnerClient + "&client_secret=" + partnerSecret
	for _, tt := range []struct {
		name          string
		allocs, bytes int
		next          func() *http.Request
	}{
		{"reading a user", 46, 6_300, g.again("GET", "/api/2/users/"+user, "")},
		{"checking a login", 45, 4_700, g.again("GET", "/api/2/users/check_login?username=nobody", "")},
		{"a page of 100 users", 1_150, 226_000, g.again("GET", "/api/2/users?limit=100&subtree_root_tenant_id="+harbor, "")},
		{"creating a user", 176, 18_600, g.creations()},
		{"a token", 294, 52_500, g.again("POST", "/api/2/idp/token", form)},
	} {
		allocs, bytes := g.measure(tt.next)
		if allocs > tt.allocs || bytes > tt.bytes {
			t.Errorf("%s took %d allocations of %d bytes, want at most %d of %d", tt.name, allocs, bytes, tt.allocs, tt.bytes)
		}
	}
}

// A gauge asks a server without a network.
type gauge struct {
	t      *testing.T
	srv    *mock.Server
	token  string
	users  int
	answer answer
}

func newGauge(t *testing.T) *gauge {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{At: time.Unix(1_770_000_000, 0)})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(srv)
	defer web.Close()
	return &gauge{t: t, srv: srv, token: tokenOf(t, web.URL), answer: answer{header: http.Header{}}}
}

// again makes one request again and again.
func (g *gauge) again(method, target, body string) func() *http.Request {
	r := httptest.NewRequest(method, target, http.NoBody)
	r.Header.Set("User-Agent", "Go-http-client/1.1")
	r.Header.Set("Accept-Encoding", "gzip")
	if !strings.HasSuffix(target, "/token") {
		r.Header.Set("Authorization", "Bearer "+g.token)
	}
	if body != "" {
		r.Header.Set("Content-Type", duel.MediaType(body))
	}
	return func() *http.Request {
		if body != "" {
			r.Body = io.NopCloser(strings.NewReader(body))
		}
		return r
	}
}

// creations make users that there are not yet.
func (g *gauge) creations() func() *http.Request {
	next := g.again("POST", "/api/2/users", person("nobody"))
	return func() *http.Request {
		g.users++
		r := next()
		r.Body = io.NopCloser(strings.NewReader(person(fmt.Sprintf("gauge%05d", g.users))))
		return r
	}
}

func (g *gauge) create(login string) (id string) {
	g.t.Helper()
	g.ask(g.again("POST", "/api/2/users", person(login))())
	var user struct{ ID string }
	if err := json.Unmarshal(g.answer.body, &user); err != nil {
		g.t.Fatal(err)
	}
	return user.ID
}

func (g *gauge) ask(r *http.Request) {
	clear(g.answer.header)
	g.answer.body = g.answer.body[:0]
	g.srv.ServeHTTP(&g.answer, r)
	if g.answer.status >= http.StatusBadRequest {
		g.t.Fatalf("%s %s: %d %s", r.Method, r.URL, g.answer.status, g.answer.body)
	}
}

// measure is what a request takes on average, in whole allocations and bytes.
func (g *gauge) measure(next func() *http.Request) (allocs, bytes int) {
	g.t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // nobody else has a pool
	const runs = 500
	g.ask(next()) // fills the pools
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		g.ask(next())
	}
	runtime.ReadMemStats(&after)
	return int(after.Mallocs-before.Mallocs) / runs, int(after.TotalAlloc-before.TotalAlloc) / runs
}

// An answer is a ResponseWriter that allocates nothing but its body, once.
type answer struct {
	header http.Header
	status int
	body   []byte
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(text []byte) (int, error) {
	a.body = append(a.body, text...)
	return len(text), nil
}
