package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// add journals an answered request.
func add(j *journal.Journal, operation string, status int) {
	e := &journal.Entry{Operation: operation, Method: "GET", Path: "/api/2/x"}
	j.Begin(e)
	j.Complete(e.N, func(e *journal.Entry) { e.Response.Status = status })
}

// sized journals a request with a body of that size.
func sized(j *journal.Journal, size int) uint64 {
	e := &journal.Entry{Request: journal.Request{Body: journal.Body{Text: strings.Repeat("x", size), Size: size}}}
	j.Begin(e)
	return e.N
}

func page(t testing.TB, j *journal.Journal, q journal.Query) journal.Page {
	t.Helper()
	p, err := j.Page(q)
	if err != nil {
		t.Fatalf("Page(%+v): %v", q, err)
	}
	return p
}

func numbers(p journal.Page) []uint64 {
	list := []uint64{}
	for _, e := range p.Items {
		list = append(list, e.N)
	}
	return list
}

func compile(t testing.TB, m match.Matcher) *match.Compiled {
	t.Helper()
	c, problems := m.Compile(document(t))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

func document(t testing.TB) *openapi.Document {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func reason(err error) string {
	refusal := &model.Error{}
	if errors.As(err, &refusal) {
		return refusal.Reason
	}
	return ""
}

func TestAnEntryIsVisibleFromItsArrivalOn(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	e := &journal.Entry{Operation: "getUser"}
	j.Begin(e)
	if got, err := j.Get(1); err != nil || got.State != journal.InFlight || got.Response.Status != 0 {
		t.Errorf("Get(1) = %+v, %v; want it in flight", got, err)
	}
	j.Amend(1, func(e *journal.Entry) { e.Tenants = []string{"t"} })
	j.Complete(1, func(e *journal.Entry) { e.Response.Status = 200 })
	got, err := j.Get(1)
	if err != nil || got.State != journal.Complete || got.Response.Status != 200 || got.Delivered != nil || got.Tenants[0] != "t" {
		t.Errorf("Get(1) = %+v, %v; want it complete and not delivered", got, err)
	}
	j.Delivered(1, false)
	if got, _ := j.Get(1); got.Delivered == nil || *got.Delivered {
		t.Errorf("delivered is %v, want false", got.Delivered)
	}
}

func TestAPageIsFilteredAndGoesOnWhereTheLastOneEnded(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	for range 100 {
		add(j, "getUser", 200)
		add(j, "listUsers", 404)
	}
	q := journal.Query{Match: compile(t, match.Matcher{Operation: "listUsers", Status: "4xx"}), Limit: 60}
	first := page(t, j, q)
	q.After = first.Next
	second := page(t, j, q)
	if len(first.Items) != 60 || first.Next != 120 || len(second.Items) != 40 || second.Next != 200 || second.Items[0].N != 122 {
		t.Errorf("pages of %d and %d entries, next %d and %d", len(first.Items), len(second.Items), first.Next, second.Next)
	}
	q.After = second.Next
	if p := page(t, j, q); len(p.Items) != 0 || p.Next != 200 || p.OldestKept != 1 {
		t.Errorf("after the newest: %+v", p)
	}
	newest := page(t, j, journal.Query{Newest: true, Limit: 3})
	if diff := cmp.Diff([]uint64{198, 199, 200}, numbers(newest)); diff != "" || newest.Next != 200 {
		t.Errorf("the newest, next %d:\n%s", newest.Next, diff)
	}
	if _, err := j.Page(journal.Query{After: 201}); reason(err) != "invalid_cursor" {
		t.Errorf("a cursor beyond the newest entry: %v", err)
	}
	text, err := json.Marshal(page(t, journal.New(nil, 0), journal.Query{}))
	if want := `{"items":[],"next":0,"evicted":0,"oldest_kept":0}`; err != nil || string(text) != want {
		t.Errorf("an empty page is %s, want %s", text, want)
	}
}

func TestWhatIsGivenUpIsCountedAndNotWhatIsCleared(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 40_000)
	for range 5 {
		sized(j, 9_000)
	}
	p := page(t, j, journal.Query{})
	if diff := cmp.Diff([]uint64{3, 4, 5}, numbers(p)[len(p.Items)-3:]); diff != "" || p.Evicted != p.OldestKept-1 || p.Evicted == 0 {
		t.Errorf("%d evicted, oldest kept %d:\n%s", p.Evicted, p.OldestKept, diff)
	}
	if p := page(t, j, journal.Query{After: 4}); p.Evicted != 0 {
		t.Errorf("after 4 nothing is gone, but %d are", p.Evicted)
	}
	for n, want := range map[uint64]string{0: "not_found", 1: journal.ReasonEvicted, 6: "not_found"} {
		if _, err := j.Get(n); reason(err) != want {
			t.Errorf("Get(%d): %v, want a refusal %q", n, err, want)
		}
	}
	j.Clear()
	if _, err := j.Get(5); reason(err) != "cleared" {
		t.Errorf("Get(5) after Clear: %v", err)
	}
	if n := sized(j, 1); n != 6 {
		t.Errorf("after Clear the next entry is %d, want 6", n)
	}
	if p := page(t, j, journal.Query{}); p.Evicted != 0 || p.OldestKept != 6 || j.Bytes() > 10_000 {
		t.Errorf("after Clear: %d evicted, oldest kept %d, %d bytes", p.Evicted, p.OldestKept, j.Bytes())
	}
}

func TestAnEntryThatIsGoneIsCompletedWithoutHarm(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	n := sized(j, 1)
	j.Clear()
	fill := func(*journal.Entry) { t.Error("a cleared entry is filled in") }
	j.Complete(n, fill)
	j.Delivered(n, true)
	j.Complete(n+7, fill)
}

func TestANoisyWorldDoesNotEvictAQuietOnesEntries(t *testing.T) {
	t.Parallel()
	b := journal.NewBudget(200_000)
	quiet, noisy := journal.New(b, 150_000), journal.New(b, 150_000)
	for range 5 {
		sized(quiet, 5_000)
	}
	for range 500 {
		sized(noisy, 5_000)
		sized(noisy, 100)
	}
	if p := page(t, quiet, journal.Query{}); len(p.Items) != 5 || p.Evicted != 0 {
		t.Errorf("the quiet journal keeps %d of 5 entries, %d evicted", len(p.Items), p.Evicted)
	}
	if b.Used() > 200_000 || noisy.Bytes() > 150_000 || noisy.Bytes() < 100_000 {
		t.Errorf("%d bytes are used, the noisy journal has %d", b.Used(), noisy.Bytes())
	}
}

func TestAClosedJournalGivesItsMemoryBack(t *testing.T) {
	t.Parallel()
	b := journal.NewBudget(0)
	j := journal.New(b, 0)
	sized(j, 1000)
	j.Close()
	if n := sized(j, 1000); n != 2 || b.Used() != 0 {
		t.Errorf("entry %d after Close, %d bytes used", n, b.Used())
	}
}

func TestChangedIsClosedByEveryChange(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	for name, change := range map[string]func(){
		"begin":   func() { sized(j, 1) },
		"clear":   j.Clear,
		"deliver": func() { j.Delivered(sized(j, 1), true) },
	} {
		changed := j.Changed()
		select {
		case <-changed:
			t.Errorf("%s: closed before", name)
		default:
		}
		change()
		select {
		case <-changed:
		case <-t.Context().Done():
		default:
			t.Errorf("%s: not closed", name)
		}
	}
}

// Whatever happens, the limits hold, numbers ascend without gaps, and nothing is lost uncounted.
func TestTheLimitsHoldAndNothingIsLostUncounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limit := int64(rapid.IntRange(1_000, 60_000).Draw(t, "budget"))
		b := journal.NewBudget(limit)
		type one struct {
			j              *journal.Journal
			limit          int64
			begun, cleared uint64
		}
		var all []*one
		for range rapid.IntRange(1, 4).Draw(t, "journals") {
			o := &one{limit: int64(rapid.IntRange(1, 40_000).Draw(t, "limit"))}
			o.j = journal.New(b, o.limit)
			all = append(all, o)
		}
		t.Repeat(map[string]func(*rapid.T){
			"begin": func(t *rapid.T) {
				o := rapid.SampledFrom(all).Draw(t, "journal")
				if n := sized(o.j, rapid.IntRange(0, 5_000).Draw(t, "size")); n != o.begun+1 {
					t.Fatalf("entry %d follows %d", n, o.begun)
				}
				o.begun++
			},
			"complete": func(t *rapid.T) {
				o := rapid.SampledFrom(all).Draw(t, "journal")
				text := strings.Repeat("y", rapid.IntRange(0, 5_000).Draw(t, "size"))
				o.j.Complete(uint64(rapid.IntRange(0, int(o.begun)+1).Draw(t, "n")), func(e *journal.Entry) { e.Response.Text = text })
			},
			"clear": func(t *rapid.T) {
				o := rapid.SampledFrom(all).Draw(t, "journal")
				o.j.Clear()
				o.cleared = o.begun
			},
			"": func(t *rapid.T) {
				var sum int64
				for _, o := range all {
					sum += o.j.Bytes()
					p, err := o.j.Page(journal.Query{Limit: 1000})
					if err != nil || o.j.Bytes() > o.limit {
						t.Fatalf("%d bytes of %d, %v", o.j.Bytes(), o.limit, err)
					}
					if uint64(len(p.Items))+p.Evicted != o.begun-o.cleared {
						t.Fatalf("%d kept and %d evicted of %d", len(p.Items), p.Evicted, o.begun-o.cleared)
					}
					for i, e := range p.Items {
						if e.N != o.begun-uint64(len(p.Items)-1-i) {
							t.Fatalf("the entries are %v", numbers(p))
						}
					}
				}
				if b.Used() != sum || sum > limit {
					t.Fatalf("%d bytes are used of %d, the journals have %d", b.Used(), limit, sum)
				}
			},
		})
	})
}

func TestAJournalStandsConcurrentUse(t *testing.T) {
	t.Parallel()
	b := journal.NewBudget(100_000)
	journals := []*journal.Journal{journal.New(b, 50_000), journal.New(b, 80_000), journal.New(b, 80_000)}
	ctx, cancel := context.WithCancel(t.Context())
	var writers, readers sync.WaitGroup
	for i := range 6 {
		j := journals[i%3]
		writers.Go(func() {
			for k := range 300 {
				e := &journal.Entry{Operation: "getUser"}
				j.Begin(e)
				j.Complete(e.N, func(e *journal.Entry) { e.Response.Text = strings.Repeat("z", k*10) })
				j.Delivered(e.N, true)
				if k%100 == 99 {
					j.Clear()
				}
			}
		})
		readers.Go(func() {
			for after := uint64(0); ctx.Err() == nil; {
				p, err := j.Page(journal.Query{After: after})
				if err != nil {
					t.Error(err)
					return
				}
				for _, e := range p.Items {
					if e.N <= after {
						t.Errorf("entry %d after %d", e.N, after)
					}
					after = e.N
				}
				after = p.Next
				_, _ = j.Get(after)
				_, _ = journal.Verify(ctx, j, journal.Verification{After: after})
			}
		})
	}
	writers.Wait()
	cancel()
	readers.Wait()
	if b.Used() > 100_000 {
		t.Errorf("%d bytes are used", b.Used())
	}
	for _, j := range journals {
		j.Close()
	}
	if b.Used() != 0 {
		t.Errorf("%d bytes are used by no journal", b.Used())
	}
}
