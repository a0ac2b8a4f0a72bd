package fault_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/match"
)

func ids(list []fault.Status) []string {
	out := []string{}
	for i := range list {
		out = append(out, list[i].ID)
	}
	return out
}

func TestRulesActByPriorityThenID(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"c","kind":"error"}`)
	w.put(`{"id":"a","kind":"error"}`)
	w.put(`{"id":"z","kind":"error","when":{"priority":10}}`)
	w.put(`{"id":"b","kind":"error","when":{"priority":-1}}`)
	want := []string{"z", "a", "c", "b"}
	if diff := cmp.Diff(want, ids(w.Rules())); diff != "" {
		t.Errorf("Rules() (-want +got):\n%s", diff)
	}
	var got []string
	for _, hit := range w.meet(request()) {
		got = append(got, hit.Rule.ID)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Hits() (-want +got):\n%s", diff)
	}
}

func TestChangingASet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if !w.Empty() || len(w.Rules()) != 0 || w.Delete("a") {
		t.Error("a new set has rules")
	}
	w.put(`{"id":"a","kind":"error"}`)
	w.put(`{"id":"b","kind":"error"}`)
	w.meet(request())
	w.put(`{"id":"a","kind":"delay","with":{"fixed":"1ms"}}`)
	if got := w.Rules(); got[0].Kind != "delay" || got[0].Matched != 0 || got[1].Matched != 1 {
		t.Errorf("after a rule was replaced: %+v", got)
	}
	if !w.Delete("a") || w.Delete("a") {
		t.Error("a rule is deleted once")
	}
	if diff := cmp.Diff([]string{"b"}, ids(w.Rules())); diff != "" {
		t.Errorf("after Delete (-want +got):\n%s", diff)
	}
	if problems := w.Replace(nil); len(problems) > 0 || !w.Empty() {
		t.Errorf("after Replace(nil): %v, %v", problems, w.Rules())
	}
	w.put(`{"id":"a","kind":"error"}`)
	w.Clear()
	if !w.Empty() {
		t.Error("after Clear there are rules")
	}
}

func TestARequestIsAskedForOnlyIfThereAreRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asked := 0
	ask := func() *match.Request { asked++; return request() }
	w.Hits(ask)
	var none *fault.Set
	none.Hits(ask)
	w.put(`{"id":"up","kind":"slow_request_read"}`)
	w.Hits(ask)
	if asked != 0 || !none.Empty() {
		t.Errorf("the request was asked for %d times", asked)
	}
	if hits := w.Uploads(ask); asked != 1 || len(hits) != 1 {
		t.Errorf("Uploads met %d rules", len(hits))
	}
}

func TestConcurrentRequestsGetEachIndexOnce(t *testing.T) {
	t.Parallel()
	const workers, each = 8, 100
	alone := newWorld(t)
	rule := fmt.Sprintf(half, "a", 0)
	alone.put(rule)
	want := map[uint64]bool{}
	for range workers * each {
		for _, hit := range alone.meet(request()) {
			want[hit.Index] = true
		}
	}

	w := newWorld(t)
	w.put(rule)
	var mu sync.Mutex
	got := map[uint64]bool{}
	var all sync.WaitGroup
	for n := range workers {
		all.Go(func() {
			for i := range each {
				for _, hit := range w.Hits(request) {
					if hit.Rule.ID == "a" {
						mu.Lock()
						got[hit.Index] = true
						mu.Unlock()
					}
					hit.Done()
				}
				if i%10 == 0 { // writers beside the readers
					w.put(fmt.Sprintf(half, fmt.Sprint("other", n), i))
					w.Rules()
				}
			}
		})
	}
	all.Wait()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("indexes that met the rule (-one by one +concurrently):\n%s", diff)
	}
	if s := w.Rules()[0]; s.Matched != workers*each || s.Active != 0 {
		t.Errorf("matched %d, active %d", s.Matched, s.Active)
	}
}

func TestCountsOfOneRuleAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"a","kind":"error","when":{"times":1,"per":"resource"}}`)
	met := 0
	for i := range 10_100 {
		met += len(w.meet(&match.Request{Path: fmt.Sprint(i)}))
	}
	if met != 10_001 { // those beyond share one count
		t.Errorf("%d paths met the rule", met)
	}
}

func BenchmarkAWorldWithoutRules(b *testing.B) {
	w := newWorld(b)
	for b.Loop() {
		if !w.Empty() {
			b.Fatal("there are rules")
		}
	}
}

func BenchmarkARuleThatMatches(b *testing.B) {
	w := newWorld(b)
	w.put(`{"id":"a","kind":"error","match":{"operation":"list*"},"when":{"probability":0.5}}`)
	r := request()
	for b.Loop() {
		w.meet(r)
	}
}
