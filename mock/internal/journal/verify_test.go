package journal_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/match"
)

func times(exactly, least, most int) journal.Times {
	var t journal.Times
	for n, to := range map[*int]**int{&exactly: &t.Exactly, &least: &t.AtLeast, &most: &t.AtMost} {
		if *n >= 0 {
			*to = n
		}
	}
	return t
}

const no = -1 // no such bound

func operations(t testing.TB, names ...string) []*match.Compiled {
	t.Helper()
	var list []*match.Compiled
	for _, name := range names {
		list = append(list, compile(t, match.Matcher{Operation: name}))
	}
	return list
}

func TestVerifyCountsAndOrders(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	for _, operation := range []string{"listUsers", "getUser", "createUser", "getUser"} {
		add(j, operation, 200)
	}
	get := compile(t, match.Matcher{Operation: "getUser"})
	first, second := 1, 2
	for name, tt := range map[string]struct {
		v       journal.Verification
		ok      bool
		missing *int
		says    string
	}{
		"at least one is the default":      {journal.Verification{Match: get}, true, nil, "2 requests match"},
		"exactly":                          {journal.Verification{Match: get, Times: times(2, no, no)}, true, nil, "exactly 2 wanted"},
		"fewer than exactly":               {journal.Verification{Match: get, Times: times(3, no, no)}, false, nil, "2 requests match, exactly 3 wanted"},
		"more than exactly":                {journal.Verification{Match: get, Times: times(1, no, no)}, false, nil, "exactly 1 wanted"},
		"at least":                         {journal.Verification{Match: get, Times: times(no, 3, no)}, false, nil, "at least 3 wanted"},
		"at most":                          {journal.Verification{Match: get, Times: times(no, no, 1)}, false, nil, "at most 1 wanted"},
		"between":                          {journal.Verification{Match: get, Times: times(no, 1, 2)}, true, nil, "1 to 2 wanted"},
		"none at all":                      {journal.Verification{Match: compile(t, match.Matcher{Operation: "deleteUser"}), Times: times(0, no, no)}, true, nil, "0 requests match"},
		"only after an entry":              {journal.Verification{Match: get, Times: times(1, no, no), After: 2}, true, nil, "1 request matches"},
		"an order":                         {journal.Verification{Order: operations(t, "getUser", "createUser", "getUser")}, true, nil, "any number wanted"},
		"an order with others in between":  {journal.Verification{Order: operations(t, "listUsers", "createUser")}, true, nil, ""},
		"the wrong order":                  {journal.Verification{Order: operations(t, "createUser", "listUsers")}, false, &first, "number 2 of the order"},
		"one request is not two":           {journal.Verification{Order: operations(t, "getUser", "getUser", "getUser")}, false, &second, "number 3 of the order"},
		"an order among those that match":  {journal.Verification{Match: get, Order: operations(t, "get*", "listUsers")}, false, &first, "number 2 of the order"},
		"an order and a number, both held": {journal.Verification{Match: get, Times: times(1, no, no), Order: operations(t, "get*")}, false, nil, "2 requests match"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := journal.Verify(t.Context(), j, tt.v)
			if err != nil || got.OK != tt.ok || !strings.Contains(got.Message, tt.says) {
				t.Errorf("Verify = %v %q, %v; want %v %q", got.OK, got.Message, err, tt.ok, tt.says)
			}
			if diff := cmp.Diff(tt.missing, got.Missing); diff != "" {
				t.Errorf("missing:\n%s", diff)
			}
			if got.OK == (len(got.Nearest) > 0) {
				t.Errorf("%d nearest entries of a verdict %v", len(got.Nearest), got.OK)
			}
		})
	}
}

func TestBoundsThatNothingKeepsAreRefused(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	for name, v := range map[string]journal.Verification{
		"negative":               {Times: journal.Times{Exactly: new(int)}, Wait: -1},
		"exactly and at least":   {Times: times(1, 1, no)},
		"at least above at most": {Times: times(no, 2, 1)},
	} {
		if got, err := journal.Verify(t.Context(), j, v); !strings.HasPrefix(reason(err), "invalid_") {
			t.Errorf("%s: Verify = %+v, %v", name, got, err)
		}
	}
}

func TestAFailureShowsTheNearestRequests(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	for _, status := range []int{200, 404, 404, 500, 404} {
		add(j, "getUser", status)
		add(j, "listTenants", status)
	}
	v := journal.Verification{Match: compile(t, match.Matcher{Operation: "getUser", Method: "GET", Status: "403"})}
	got, err := journal.Verify(t.Context(), j, v)
	if err != nil || got.OK || len(got.Nearest) != 3 {
		t.Fatalf("Verify = %+v, %v", got, err)
	}
	want := []match.Mismatch{{Field: "status", Want: "403", Got: "404"}}
	if diff := cmp.Diff(want, got.Nearest[0].Mismatches); diff != "" || got.Nearest[0].Entry.N != 9 {
		t.Errorf("the nearest is entry %d:\n%s", got.Nearest[0].Entry.N, diff)
	}
	v = journal.Verification{Match: compile(t, match.Matcher{Status: "200"}), Times: times(0, no, no)}
	got, err = journal.Verify(t.Context(), j, v)
	if err != nil || len(got.Nearest) != 2 || got.Nearest[0].Entry.N != 2 || len(got.Nearest[0].Mismatches) != 0 {
		t.Errorf("of too many the newest are shown, not %+v, %v", got.Nearest, err)
	}
}

func TestRequestsInFlightCountAndAreTold(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	add(j, "getUser", 200)
	j.Begin(&journal.Entry{Operation: "getUser"})
	got, err := journal.Verify(t.Context(), j, journal.Verification{Match: compile(t, match.Matcher{Operation: "getUser"}), Times: times(2, no, no)})
	if err != nil || !got.OK || got.InFlight != 1 || !strings.Contains(got.Message, "1 of them in flight") {
		t.Errorf("Verify = %+v, %v", got, err)
	}
}

// What was evicted may have matched: only a verdict that it cannot change is one.
func TestOverAnEvictedRangeOnlyACertainVerdictIsOne(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 50_000)
	for range 10 {
		sized(j, 9_000)
	}
	for range 2 {
		add(j, "getUser", 200)
	}
	gone := page(t, j, journal.Query{}).Evicted
	if gone < 5 {
		t.Fatalf("%d entries are evicted", gone)
	}
	get := compile(t, match.Matcher{Operation: "getUser"})
	for name, tt := range map[string]struct {
		v      journal.Verification
		ok     bool
		reason string
	}{
		"at least what is kept":                       {journal.Verification{Match: get, Times: times(no, 2, no)}, true, ""},
		"at least more than is kept":                  {journal.Verification{Match: get, Times: times(no, 3, no)}, false, journal.ReasonEvicted},
		"at least more than there ever were":          {journal.Verification{Match: get, Times: times(no, 20, no)}, false, ""},
		"exactly what is kept":                        {journal.Verification{Match: get, Times: times(2, no, no)}, false, journal.ReasonEvicted},
		"exactly less than is kept":                   {journal.Verification{Match: get, Times: times(1, no, no)}, false, ""},
		"at most less than is kept":                   {journal.Verification{Match: get, Times: times(no, no, 1)}, false, ""},
		"at most what is kept":                        {journal.Verification{Match: get, Times: times(no, no, 2)}, false, journal.ReasonEvicted},
		"at most as many as there can be":             {journal.Verification{Match: get, Times: times(no, no, 2+int(gone))}, true, ""},
		"none at all":                                 {journal.Verification{Match: compile(t, match.Matcher{Operation: "deleteUser"}), Times: times(0, no, no)}, false, journal.ReasonEvicted},
		"an order among what is kept":                 {journal.Verification{Order: operations(t, "getUser", "getUser")}, true, ""},
		"an order that may have begun before":         {journal.Verification{Order: operations(t, "listUsers", "getUser")}, false, journal.ReasonEvicted},
		"an order that must end in what is kept":      {journal.Verification{Order: append(operations(t, "getUser"), operations(t, strings.Split("getUser,getUser,getUser,getUser,getUser,getUser,getUser,getUser,getUser,listUsers", ",")...)...)}, false, ""},
		"exactly, of a range that is kept as a whole": {journal.Verification{Match: get, Times: times(2, no, no), After: 10}, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := journal.Verify(t.Context(), j, tt.v)
			if got.OK != tt.ok || reason(err) != tt.reason {
				t.Errorf("Verify = %v %q, %v; want %v and a refusal %q", got.OK, got.Message, err, tt.ok, tt.reason)
			}
		})
	}
}

func TestABodyThatIsNotAllThereIsNoVerdict(t *testing.T) {
	t.Parallel()
	j := journal.New(nil, 0)
	j.Begin(&journal.Entry{Operation: "createUser", Request: journal.Request{Body: journal.Body{Text: `{"login":"a`, Truncated: true}}})
	v := journal.Verification{Match: compile(t, match.Matcher{Operation: "createUser", Body: map[string]any{"$.login": "ada"}}), Times: times(0, no, no)}
	if got, err := journal.Verify(t.Context(), j, v); reason(err) != journal.ReasonEvicted || !strings.Contains(err.Error(), "the beginning of the body") {
		t.Errorf("Verify = %+v, %v", got, err)
	}
	v.Match = compile(t, match.Matcher{Operation: "getUser", Body: map[string]any{"$.login": "ada"}})
	if got, err := journal.Verify(t.Context(), j, v); err != nil || !got.OK {
		t.Errorf("another operation does not match whatever its body is: Verify = %+v, %v", got, err)
	}
}

// waiting is a timer that the test lets run out.
type waiting struct {
	began chan time.Duration
	over  chan struct{}
}

func newWaiting() *waiting {
	return &waiting{began: make(chan time.Duration, 1), over: make(chan struct{})}
}

func (w *waiting) timer(d time.Duration) (<-chan struct{}, func()) {
	w.began <- d
	return w.over, func() {}
}

func TestVerifyWaitsForTheVerdictToBecomeTrue(t *testing.T) {
	t.Parallel()
	w := newWaiting()
	j := journal.New(nil, 0, journal.WithTimer(w.timer))
	done := make(chan journal.Verdict)
	go func() {
		got, _ := journal.Verify(t.Context(), j, journal.Verification{Times: times(2, no, no), Wait: time.Minute})
		done <- got
	}()
	if d := <-w.began; d != time.Minute {
		t.Errorf("it waits %v", d)
	}
	add(j, "getUser", 200)
	add(j, "getUser", 200)
	if got := <-done; !got.OK || got.Count != 2 {
		t.Errorf("Verify = %+v", got)
	}
}

func TestAWaitEndsWithTheTime(t *testing.T) {
	t.Parallel()
	w := newWaiting()
	j := journal.New(nil, 0, journal.WithTimer(w.timer))
	close(w.over)
	if got, err := journal.Verify(t.Context(), j, journal.Verification{Wait: time.Minute}); err != nil || got.OK {
		t.Errorf("Verify = %+v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	j = journal.New(nil, 0, journal.WithTimer(newWaiting().timer))
	if got, err := journal.Verify(ctx, j, journal.Verification{Wait: time.Minute}); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify = %+v, %v; want the context's error", got, err)
	}
}

// A surplus does not go away: there is nothing to wait for.
func TestNobodyWaitsForRequestsToBecomeFewer(t *testing.T) {
	t.Parallel()
	w := newWaiting()
	j := journal.New(nil, 0, journal.WithTimer(w.timer))
	add(j, "getUser", 200)
	if got, err := journal.Verify(t.Context(), j, journal.Verification{Times: times(0, no, no), Wait: time.Minute}); err != nil || got.OK {
		t.Errorf("Verify = %+v, %v", got, err)
	}
}
