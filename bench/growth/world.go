package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	"github.com/tenantry/tenantry/bench/internal/served"
)

// restarts is how often the start with a full data file is measured.
const restarts = 3

// A world is a server with a data file of one size, and what was measured of it.
type world struct {
	*served.Server
	users int

	ids       []string // of users, a sample
	logins    []string
	places    map[string]place // of lists, by name
	personal  int              // tenants
	fileBytes int64
	resident  int64
	loaded    time.Duration // from the fixture to readiness
	restarted []time.Duration
	created   int
	before    time.Time // all users were updated before
	costs     map[string][]cost
}

// A cost is the median of one window of calls.
type cost struct {
	call time.Duration
	item time.Duration // 0 where a call has no items
}

// grown makes and starts the worlds, one after the other.
func grown(ctx context.Context, binary, work string, o options) ([]*world, error) {
	var worlds []*world
	for _, users := range o.sizes {
		progress("%d users: seeding", users)
		w, err := grow(ctx, binary, work, users)
		if w != nil && w.Server != nil {
			worlds = append(worlds, w)
		}
		if err != nil {
			return worlds, fmt.Errorf("%d users: %w", users, err)
		}
		progress("%d users: loaded in %v, restarted in %v", users, w.loaded, measure.Median(w.restarted))
	}
	return worlds, nil
}

func progress(format string, args ...any) {
	_, _ = fmt.Fprintf(os.Stderr, "growth: "+format+"\n", args...)
}

// grow makes the data file of one world, measures how it starts, and leaves it running.
func grow(ctx context.Context, binary, work string, users int) (*world, error) {
	w := &world{users: users, places: map[string]place{}, costs: map[string][]cost{}}
	name := filepath.Join(work, strconv.Itoa(users))
	if err := seed(ctx, binary, name+".yaml", users); err != nil {
		return nil, err
	}
	s, err := served.Start(ctx, binary, "--data", name+".db", "--fixture", name+".yaml")
	if err != nil {
		return nil, err
	}
	w.loaded = s.Startup
	if err := errors.Join(s.Stop(), os.Remove(name+".yaml")); err != nil {
		return nil, err
	}
	for range restarts {
		if w.Server != nil {
			if err := w.Stop(); err != nil {
				return nil, err
			}
		}
		if w.Server, err = served.Start(ctx, binary, "--data", name+".db"); err != nil {
			return nil, err
		}
		w.restarted = append(w.restarted, w.Startup)
	}
	return w, w.survey(ctx, name+".db")
}

func seed(ctx context.Context, binary, path string, users int) (err error) {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return measure.Run(ctx, out, binary, "seed", "--tenants", strconv.Itoa(max(users/10, 1)), "--users", strconv.Itoa(users))
}

// survey walks the lists once: it finds users to ask for and the places in the middle and at the end.
func (w *world) survey(ctx context.Context, file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	w.fileBytes = info.Size()
	if err := w.Login(ctx); err != nil {
		return err
	}
	w.before = measure.Now()
	if err := w.walk(ctx, "/users", "subtree_root_tenant_id", w.sample); err != nil {
		return err
	}
	if err := w.walk(ctx, "/tenants", "subtree_root_id", func(*listed) {}); err != nil {
		return err
	}
	w.resident, err = w.Resident()
	return err
}

// sampled is how many users of a page are kept to be asked for.
const sampled = 20

func (w *world) sample(page *listed) {
	for i, u := range page.Items {
		if u.Personal != "" {
			w.personal++
		}
		if i%max(len(page.Items)/sampled, 1) == 0 {
			w.ids, w.logins = append(w.ids, u.ID), append(w.logins, u.Login)
		}
	}
}

// query is the path of a list with its parameters.
func query(path string, pairs ...string) string {
	values := url.Values{}
	for pair := range slices.Chunk(pairs, 2) {
		values.Set(pair[0], pair[1])
	}
	return path + "?" + values.Encode()
}
