package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/served"
	"github.com/tenantry/tenantry/internal/duel"
)

// The budgets of throughput. Both sides run as users run them: tenantry serve, the static binary, and a bare echo server are
// processes of their own, each with its own collector and its usual settings, and this process asks them in turns. The turns
// are long enough for the collectors of both to have theirs.
//
//	go test ./bench/budget -run '^$' -bench Budget -benchtime 1x
const (
	clients = 8
	turn    = 4000 // requests
)

// harbor is the tenant of the demo world whose users are read and made.
const harbor = "a0000000-0000-4000-8000-000000000002"

// Budget: GET /users/{id}, validated, authenticated and journaled, has at least 0.70 times the throughput of a bare echo
// handler that writes the same bytes.
func BenchmarkBudgetGetUser(b *testing.B) {
	s := start(b)
	get := duel.Shot{Method: http.MethodGet, Path: "/users/" + s.user, Token: s.token}
	d := duel.Duel{Clients: clients, Requests: turn, Ours: s.ours, Other: s.bare, Shoot: func(int) duel.Shot { return get }}
	d.Run(b, "bare", 0.70)
}

// Budget: POST /users, validated and stored in memory, has at least 0.45 times the throughput of the same. Before each of its
// turns ours goes back to the demo world: every round finds as many users.
func BenchmarkBudgetCreateUser(b *testing.B) {
	s := start(b)
	d := duel.Duel{Clients: clients, Requests: turn, Ours: s.ours, Other: s.bare, Before: s.reset}
	d.Shoot = func(n int) duel.Shot { return duel.Creations(s.token, harbor)(n) } // the token of the turn
	d.Run(b, "bare", 0.45)
}

// sides are both servers, by the base URL of their API, and what is asked of them.
type sides struct {
	ours, bare, token, user string

	reset func() error // takes ours back to the demo world, for a new token
}

// start starts both for the time of the benchmark, or until it is interrupted.
func start(b *testing.B) *sides {
	b.Helper()
	b.Chdir("../..") // where the binary is built
	ctx, stop := signal.NotifyContext(b.Context(), os.Interrupt, syscall.SIGTERM)
	b.Cleanup(stop)
	binary, err := served.Build(ctx, b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	s, err := served.Start(ctx, binary)
	if err != nil {
		b.Fatal(err)
	}
	killed(b, s.Process)
	both := &sides{ours: s.API}
	both.reset = func() (err error) {
		if err = s.Reset(ctx); err == nil {
			both.token, err = duel.Token(s.API, served.ClientID, served.ClientSecret)
		}
		return err
	}
	if err := both.reset(); err != nil {
		b.Fatal(err)
	}
	user, answer, err := duel.FirstUser(s.API, both.token, harbor)
	if err != nil {
		b.Fatal(err)
	}
	both.user, both.bare = user, startBare(ctx, b, answer)
	return both
}

// startBare starts the bare server with the bytes that it answers, and is the base URL of its API.
func startBare(ctx context.Context, b *testing.B, answer []byte) string {
	b.Helper()
	port, err := measure.FreePort()
	if err != nil {
		b.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	c := bareCommand(self, port, answer)
	base := "http://" + loopback(port) + api
	p, err := measure.Start(ctx, c, measure.Answers(base+"/users/any"))
	if err != nil {
		b.Fatal(err)
	}
	killed(b, p)
	return base
}

// killed ends a process with the benchmark. Nothing of it is kept.
func killed(b *testing.B, p *measure.Process) {
	b.Helper()
	b.Cleanup(func() {
		if err := p.Kill(); err != nil {
			b.Error(err)
		}
	})
}
