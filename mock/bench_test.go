package mock_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

// The budgets of speed. Each is one benchmark that measures both sides in turns, in one process and with one client, and
// reports how they compare beside the budget:
//
//	go test ./mock -run '^$' -bench Budget -benchtime 1x

// Budget: GET /users/{id}, validated, authenticated and journaled, has at least 0.70 times the throughput of a bare echo
// handler that writes the same bytes.
func BenchmarkBudgetGetUser(b *testing.B) {
	srv := serve(b, mock.Config{})
	token := tokenOf(b, srv)
	id, body := firstUser(b, srv, token)
	get := shot{method: http.MethodGet, path: "/api/2/users/" + id, token: token}
	d := duel{clients: 8, requests: 1000, ours: srv, other: bare(b, body), shoot: func(int) shot { return get }}
	d.run(b, "bare", 0.70)
}

// Budget: POST /users, validated and stored in memory, has at least 0.45 times the throughput of the same.
func BenchmarkBudgetCreateUser(b *testing.B) {
	srv := serve(b, mock.Config{})
	token := tokenOf(b, srv)
	_, body := firstUser(b, srv, token)
	d := duel{clients: 8, requests: 1000, ours: srv, other: bare(b, body), shoot: creation(token)}
	d.run(b, "bare", 0.45)
}

// Budget: durable POST /users of 32 clients at a time has at least ten times the throughput that it has where each commit
// waits for a disk sync of its own. A sync takes 5 ms.
func BenchmarkBudgetDurableUsers(b *testing.B) {
	ours, single := durable(b), durable(b, state.AtMost(1))
	token := tokenOf(b, ours)
	_ = tokenOf(b, single) // its first token is the same but for the address: the token of the one counts in the other
	d := duel{clients: 32, requests: 256, ours: ours, other: single, shoot: creation(token)}
	d.run(b, "single", 10)
}

// durable starts a server on a data file whose disk is slow.
func durable(b *testing.B, opts ...state.CommitterOption) (base string) {
	b.Helper()
	sync := func() { _ = det.Wait(b.Context(), 5*time.Millisecond) }
	cfg := mock.Config{Data: filepath.Join(b.TempDir(), "data"), At: time.Unix(1_770_000_000, 0)}
	return serve(b, mock.WithCommits(cfg, func(e store.Engine) *state.Committer {
		return state.NewCommitter(storetest.Slow(e, sync), opts...)
	}))
}

// creation makes requests for users that there are not yet.
func creation(token string) func(int) shot {
	return func(n int) shot {
		return shot{method: http.MethodPost, path: "/api/2/users", token: token, body: person("bench" + strconv.Itoa(n))}
	}
}

func person(login string) string {
	return `{"tenant_id":"` + harbor + `","login":"` + login + `","contact":{"email":"` + login + `@example.com","firstname":"Ben","lastname":"Mark"}}`
}

// serve starts a server on a loopback port and says where it is.
func serve(b *testing.B, cfg mock.Config) (base string) {
	b.Helper()
	srv, err := mock.New(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	web := httptest.NewServer(srv)
	b.Cleanup(func() {
		web.Close()
		if err := srv.Close(); err != nil {
			b.Error(err)
		}
	})
	return web.URL
}

// bare starts an echo server that answers with the body, after reading what was sent.
func bare(b *testing.B, body []byte) (base string) {
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
	return web.URL
}

// tokenOf gets an access token of the partner's client.
func tokenOf(b testing.TB, base string) string {
	b.Helper()
	form := "grant_type=client_credentials&client_id=" + partnerClient + "&client_secret=" + partnerSecret
	body, err := newGunner(base).fire(shot{method: http.MethodPost, path: "/api/2/idp/token", body: form})
	var answer struct {
		Token string `json:"access_token"`
	}
	if err != nil || json.Unmarshal(body, &answer) != nil || answer.Token == "" {
		b.Fatalf("no token: %s (%v)", body, err)
	}
	return answer.Token
}

// firstUser makes a user, whose answer is the one to be compared with.
func firstUser(b *testing.B, base, token string) (id string, body []byte) {
	b.Helper()
	body, err := newGunner(base).fire(shot{method: http.MethodPost, path: "/api/2/users", token: token, body: person("first")})
	var user struct{ ID string }
	if err != nil || json.Unmarshal(body, &user) != nil || user.ID == "" {
		b.Fatalf("no user: %s (%v)", body, err)
	}
	return user.ID, body
}
