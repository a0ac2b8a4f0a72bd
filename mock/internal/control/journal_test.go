package control_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/journal"
)

// page is what tests look at.
type page struct {
	Items                     []struct{ N int }
	Next, Evicted, OldestKept int
}

func (p *plane) page(t *testing.T, query string) (numbers []int, got page) {
	t.Helper()
	p.do(t, "GET", def+"/journal"+query, nil).want(200).into(&got)
	for _, e := range got.Items {
		numbers = append(numbers, e.N)
	}
	return numbers, got
}

func TestTheJournalIsFiltered(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	asked(w, "listUsers", http.StatusOK)
	asked(w, "getUser", http.StatusNotFound)
	asked(w, "createUser", http.StatusOK)
	w.Journal.Amend(3, func(e *journal.Entry) {
		e.Method, e.Tags, e.Actor = "POST", []string{"users"}, journal.Actor{Kind: journal.ByUser, ID: "u", Login: admin, Roles: []string{"partner_admin"}}
		e.Faults = []journal.Fault{{Rule: "r", Kind: "lost_ack"}}
	})
	begun(w, "listUsers")
	for query, want := range map[string][]int{
		"":                          {1, 2, 3, 4},
		"?operation=*User":          {2, 3},
		"?operation=getUser,listU*": {1, 2, 4},
		"?status=2xx":               {1, 3},
		"?status=404":               {2},
		"?method=post":              {3},
		"?tag=users":                {3},
		"?path=/api/2/*":            {1, 2, 3, 4},
		"?user=" + admin:            {3},
		"?role=partner_admin":       {3},
		"?fault=lost_ack":           {3},
		"?tenant=" + acme:           {1, 2, 3, 4},
		"?subtree=a0000000-0000-4000-8000-000000000000": {1, 2, 3, 4},
		"?client=x":         nil,
		"?cause=scope":      nil,
		"?after=2":          {3, 4},
		"?limit=2":          {1, 2},
		"?limit=2&newest=1": {3, 4},
	} {
		got, _ := p.page(t, query)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("GET journal%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestPagesOfTheJournalGoOnWhereTheLastOneEnded(t *testing.T) {
	t.Parallel()
	p := start(t)
	for range 5 {
		asked(p.world(t, "default"), "listUsers", http.StatusOK)
	}
	_, first := p.page(t, "?limit=3")
	rest, second := p.page(t, "?after=3")
	if first.Next != 3 || !cmp.Equal(rest, []int{4, 5}) || second.Next != 5 {
		t.Errorf("pages end at %d and %d, the second has %v", first.Next, second.Next, rest)
	}
}

func TestFiltersThatAreRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	for query, says := range map[string]string{
		"operation=lstUsers": "/operation no operation",
		"tag=user":           "did you mean users?",
		"status=9xx":         "/status",
		"cause=scop":         "did you mean scope?",
		"tenant=acme":        "/tenant",
		"opertion=x":         "did you mean operation?",
		"limit=1001":         "limit",
		"after=99":           "99",
		"after=-1":           "after",
	} {
		p.do(t, "GET", def+"/journal?"+query, nil).refused(400, says)
	}
	p.do(t, "GET", def+"/journal/stream?operation=lstUsers", nil).refused(400, "/operation")
	p.do(t, "GET", def+"/journal/stream?after=99", nil).refused(400, "99")
}

func TestAnEntryThatIsNotThereSaysWhy(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	p.do(t, "GET", def+"/journal/1", nil).refused(404, "1")
	p.do(t, "GET", def+"/journal/x", nil).refused(404, "x")
	asked(w, "listUsers", http.StatusOK)
	p.do(t, "GET", def+"/journal/1", nil).want(200)
	p.do(t, "DELETE", def+"/journal", nil).want(204)
	p.do(t, "GET", def+"/journal/1", nil).refused(404, "cleared")
	for range 1000 {
		asked(w, "listUsers", http.StatusOK)
	}
	p.do(t, "GET", def+"/journal/2", nil).refused(404, "evicted")
	p.do(t, "GET", def+"/journal/2/explain", nil).refused(404, "evicted")
	if _, got := p.page(t, "?limit=1"); got.Evicted == 0 {
		t.Error("the page does not say that entries were evicted")
	}
}

func TestARefusalIsExplained(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	n := begun(w, "getUser")
	w.Journal.Complete(n, func(e *journal.Entry) {
		e.Response.Status, e.Cause, e.Reason = 404, "state", `user "x" does not exist`
	})
	got := p.do(t, "GET", def+"/journal/1/explain", nil).want(200).object()
	if text, _ := got["explanation"].(string); !strings.Contains(text, `user "x" does not exist`) {
		t.Errorf("the explanation is %q", text)
	}
}
