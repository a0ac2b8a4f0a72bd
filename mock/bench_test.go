package mock_test

import (
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/tenantry/tenantry/internal/duel"
	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

// Budget: durable POST /users of 32 clients at a time has at least ten times the throughput that it has where each commit
// waits for a disk sync of its own. A sync takes 5 ms. Both sides run in this process; those budgets that compare processes are
// in bench/budget.
//
//	go test ./mock -run '^$' -bench Durable -benchtime 1x
func BenchmarkBudgetDurableUsers(b *testing.B) {
	ours, single := durable(b), durable(b, state.AtMost(1))
	token := tokenOf(b, ours)
	_ = tokenOf(b, single) // its first token is the same but for the address: the token of the one counts in the other
	d := duel.Duel{
		Clients: 32, Requests: 256, Ours: ours + "/api/2", Other: single + "/api/2", Shoot: duel.Creations(token, harbor),
	}
	d.Run(b, "single", 10)
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

// person is the body of a request for a user.
func person(login string) string { return duel.Person(harbor, login) }

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

// tokenOf gets an access token of the partner's client.
func tokenOf(t testing.TB, base string) string {
	t.Helper()
	token, err := duel.Token(base+"/api/2", partnerClient, partnerSecret)
	if err != nil {
		t.Fatal(err)
	}
	return token
}
