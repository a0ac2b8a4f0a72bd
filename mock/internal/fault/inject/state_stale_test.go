package inject_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
)

func TestReadsLagBehindByANumberOfReads(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"stale_read","match":{"operation":"getUser"},"with":{"reads":2}}`)
	id := r.newUser("late")
	for range 2 {
		r.want(r.get("/users/"+id), http.StatusNotFound, op.CauseState)
	}
	r.fine(r.get("/users/" + id))
	r.send("DELETE", "/users/"+id+"?version=1", "")
	for range 2 {
		r.fine(r.get("/users/" + id))
	}
	r.want(r.get("/users/"+id), http.StatusNotFound, op.CauseState)
}

func TestReadsThatDoNotMeetTheFaultAreFresh(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"stale_read","match":{"operation":"getUser"},"when":{"times":1},"with":{"reads":5}}`)
	id := r.newUser("late")
	r.want(r.get("/users/"+id), http.StatusNotFound, op.CauseState)
	r.fine(r.get("/users/" + id))
}

func TestAChangeComesIntoSightAfterEachChangeBeforeIt(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"stale_read","match":{"operation":"listUsers"},"with":{"reads":2}}`)
	seen := func() int {
		var list struct{ Items []any }
		r.into(r.get("/users?tenant_id="+harbor+"&limit=100"), &list)
		return len(list.Items)
	}
	first := seen()
	var got []int
	for i := range 8 {
		if i%2 == 0 {
			r.newUser(fmt.Sprintf("user%d", i))
			r.newUser(fmt.Sprintf("other%d", i))
		}
		got = append(got, seen()-first)
	}
	if want := fmt.Sprint([]int{0, 0, 2, 2, 4, 4, 6, 6}); fmt.Sprint(got) != want {
		t.Errorf("new users in sight: got %v, want %v", got, want)
	}
}

func TestReadsLagBehindForATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, `{"id":"x","kind":"stale_read","match":{"method":"GET"},"with":{"for":"2s"}}`)
		pass := func(d time.Duration) { <-time.After(d) }
		id := r.newUser("late")
		r.want(r.get("/users/"+id), http.StatusNotFound, op.CauseState)
		pass(1900 * time.Millisecond)
		r.want(r.get("/users/"+id), http.StatusNotFound, op.CauseState)
		pass(100 * time.Millisecond)
		r.fine(r.get("/users/" + id))
		for i := range 200 { // changes all the time do not keep reads from getting on
			r.newUser(fmt.Sprintf("user%d", i))
			pass(50 * time.Millisecond)
		}
		var list struct{ Items []any }
		r.into(r.get("/users?tenant_id="+harbor+"&limit=1000"), &list)
		if n := len(list.Items); n < 155 || n > 175 {
			t.Errorf("of 201 users made in ten seconds, the last two of which are out of sight, %d are seen", n)
		}
	})
}
