package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func abc() []*entry {
	var entries []*entry
	for _, name := range []string{"a", "b", "c"} {
		entries = append(entries, &entry{product: product{name: name, title: name}})
	}
	return entries
}

// walk goes through three entries and is the order in which they were tried. A try is valid unless it is bad.
func walk(t *testing.T, wanted int, bad func(e *entry, try int) bool) string {
	t.Helper()
	var order []string
	valid, tries := map[string]int{}, map[string]int{}
	err := passes(abc(), wanted, func(e *entry) int { return valid[e.name] }, func(e *entry) error {
		order = append(order, e.name)
		tries[e.name]++
		if !bad(e, tries[e.name]) {
			valid[e.name]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(order, "")
}

func TestProductsTakeTurns(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wanted int
		bad    func(e *entry, try int) bool
		want   string
	}{
		"each pass begins with another one": {3, func(*entry, int) bool { return false }, "abc" + "bca" + "cab"},
		"what was thrown out is repeated":   {2, func(e *entry, try int) bool { return e.name == "b" && try == 1 }, "abc" + "bca" + "b"},
		"not for ever":                      {2, func(e *entry, _ int) bool { return e.name == "c" }, "abc" + "bca" + "c" + "c"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, walk(t, tt.wanted, tt.bad)); diff != "" {
				t.Errorf("order (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFailureEndsThePassesAndSaysWhose(t *testing.T) {
	t.Parallel()
	broken, tried := errors.New("it fell over"), 0
	err := passes(abc(), 5, func(*entry) int { return 0 }, func(e *entry) error {
		tried++
		if e.name == "b" {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || err.Error() != "b: it fell over" || tried != 2 {
		t.Errorf("passes = %v after %d tries; want b's error after 2", err, tried)
	}
}
