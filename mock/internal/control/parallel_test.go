package control_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// Tests that share a server share nothing else: not a name, a clock, a rule or a request.
func TestManySandboxesAtOnceDoNotMeet(t *testing.T) {
	t.Parallel()
	p := start(t)
	const many = 120
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() { live(t, p, fmt.Sprintf("w-%d", i), i%7+1) })
	}
	wg.Wait()
	if left := p.do(t, "GET", "/sandboxes", nil).want(200).object()["items"].([]any); len(left) != 1 {
		t.Errorf("%d sandboxes are left", len(left))
	}
}

// live is the life of one sandbox.
func live(t *testing.T, p *plane, id string, calls int) {
	t.Helper()
	path := p.sandbox(t, object{"id": id, "clock": object{"set": "2030-01-01T00:00:00Z", "freeze": true}})
	w := p.world(t, id)
	p.do(t, "PUT", path+"/faults/same", rule).want(200)
	p.do(t, "PUT", path+"/snapshots/same", nil).want(200)
	p.do(t, "PUT", path+"/clock", object{"advance": fmt.Sprintf("%dh", calls)}).want(200)
	for range calls {
		asked(w, "listUsers", http.StatusOK)
	}
	got := p.do(t, "POST", path+"/verify", object{"times": object{"exactly": calls}}).want(200).object()
	if got["verified"] != true {
		t.Errorf("sandbox %s: %v", id, got)
	}
	want := fmt.Sprintf("2030-01-01T%02d:00:00Z", calls)
	if now := p.do(t, "GET", path+"/clock", nil).want(200).object()["now"]; now != want {
		t.Errorf("in sandbox %s it is %v, want %s", id, now, want)
	}
	p.do(t, "POST", path+"/reset", nil).want(200)
	p.do(t, "DELETE", path, nil).want(204)
}
