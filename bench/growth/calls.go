package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/served"
)

// A call is something that is asked of every world.
type call struct {
	name  string
	plot  bool // whether it has a line
	times int  // in one window
	make  func(ctx context.Context, w *world, n int) (took time.Duration, items int, err error)
}

// calls are all, in the order of the table. Windows are long enough for a median and short enough for twelve minutes.
func calls() []call {
	return []call{
		{"`GET /users/{id}`", true, 300, getUser},
		{"`GET /users/check_login`", true, 300, checkLogin},
		{"`POST /users`, synced", true, 20, createUser},
		{"2,000 users, first page, per user", true, 3, list("/users first")},
		{"2,000 users, middle page, per user", false, 3, list("/users middle")},
		{"2,000 users, last page, per user", true, 3, list("/users last")},
		{"2,000 tenants, first page, per tenant", false, 3, list("/tenants first")},
		{"2,000 tenants, last page, per tenant", true, 3, list("/tenants last")},
		{"users `updated_since` a moment", true, 2, updatedSince("/users", "subtree_root_tenant_id")},
		{"tenants `updated_since` a moment", true, 2, updatedSince("/tenants", "subtree_root_id")},
		{"`GET /search`, a common first name", true, 10, search("mar")},
		{"`GET /search`, a login", true, 10, searchLogin},
		{"`GET /search`, two common words", false, 10, search("mar ander")},
		{"`GET /search`, nothing there", false, 10, search("qqqq")},
	}
}

func getUser(ctx context.Context, w *world, n int) (time.Duration, int, error) {
	took, err := w.Get(ctx, "/users/"+pick(w.ids, n), nil)
	return took, 0, err
}

// checkLogin asks for a login that is free, which is the answer that succeeds; its neighbours are taken.
func checkLogin(ctx context.Context, w *world, n int) (time.Duration, int, error) {
	took, err := w.Get(ctx, query("/users/check_login", "username", pick(w.logins, n)+"x"), nil)
	return took, 0, err
}

func createUser(ctx context.Context, w *world, _ int) (time.Duration, int, error) {
	w.created++
	login := fmt.Sprintf("grown-%d", w.created)
	body := fmt.Appendf(nil, `{"tenant_id":%q,"login":%q,"contact":{"email":"%s@example.com","firstname":"Ben","lastname":"Mark"}}`,
		served.Partner, login, login)
	took, err := w.Post(ctx, "/users", body, nil)
	return took, 0, err
}

func list(name string) func(context.Context, *world, int) (time.Duration, int, error) {
	return func(ctx context.Context, w *world, _ int) (time.Duration, int, error) {
		at := w.places[name]
		took, err := w.Get(ctx, at.path, nil)
		return took, at.items, err
	}
}

// updatedSince asks for what has changed since the world was made: little, wherever it is.
func updatedSince(path, root string) func(context.Context, *world, int) (time.Duration, int, error) {
	return func(ctx context.Context, w *world, _ int) (time.Duration, int, error) {
		moment := w.before.UTC().Format(time.RFC3339)
		took, err := w.Get(ctx, query(path, root, served.Partner, "updated_since", moment, "limit", "10"), nil)
		return took, 0, err
	}
}

func search(text string) func(context.Context, *world, int) (time.Duration, int, error) {
	return func(ctx context.Context, w *world, _ int) (time.Duration, int, error) {
		took, err := w.Get(ctx, query("/search", "tenant", served.Partner, "text", text), nil)
		return took, 0, err
	}
}

func searchLogin(ctx context.Context, w *world, n int) (time.Duration, int, error) {
	return search(pick(w.logins, n))(ctx, w, n)
}

// pick takes one of many in an order that jumps.
func pick(from []string, n int) string { return from[n*7919%len(from)] }

// measureAll asks everything of every world, in turns, so that what disturbs the machine for a while disturbs all.
func measureAll(ctx context.Context, worlds []*world, rounds int) error {
	for round := range rounds {
		progress("round %d of %d", round+1, rounds)
		for _, c := range calls() {
			for _, w := range worlds {
				if err := w.window(ctx, c, round); err != nil {
					return fmt.Errorf("%d users: %w", w.users, err)
				}
			}
		}
	}
	for _, w := range worlds {
		var err error
		if w.resident, err = w.Resident(); err != nil {
			return err
		}
	}
	return nil
}

// window makes the calls of one window after one that does not count.
func (w *world) window(ctx context.Context, c call, round int) error {
	var took, each []time.Duration
	for i := range c.times + 1 {
		d, items, err := c.make(ctx, w, round*c.times+i)
		if err != nil {
			return err
		}
		if i == 0 {
			continue
		}
		took = append(took, d)
		if items > 0 {
			each = append(each, d/time.Duration(items))
		}
	}
	w.costs[c.name] = append(w.costs[c.name], cost{measure.Median(took), measure.Median(each)})
	return nil
}

// of is what a call costs in the world: the median of its windows, for one object where the call has many.
func (w *world) of(name string) time.Duration {
	var figures []time.Duration
	for _, c := range w.costs[name] {
		if c.item > 0 {
			figures = append(figures, c.item)
			continue
		}
		figures = append(figures, c.call)
	}
	return measure.Median(figures)
}
