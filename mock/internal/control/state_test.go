package control_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/fixtures"
)

var yaml = http.Header{"Content-Type": {"application/yaml"}}

func TestAStateThatIsPutBackIsTheSame(t *testing.T) {
	t.Parallel()
	p := start(t)
	path := p.sandbox(t, object{"fixture": "demo"})
	exported := p.do(t, "GET", path+"/state", nil).want(200).Body
	text, err := fixtures.Source("empty")
	if err != nil {
		t.Fatal(err)
	}
	p.send(t, "PUT", path+"/state", string(text), yaml).want(200)
	p.do(t, "PUT", path+"/state", string(exported)).want(200)
	if diff := cmp.Diff(string(exported), string(p.do(t, "GET", path+"/state", nil).want(200).Body)); diff != "" {
		t.Errorf("the state changed on its way:\n%s", diff)
	}
}

func TestAFixtureReplacesTheState(t *testing.T) {
	t.Parallel()
	p := start(t)
	text, err := fixtures.Source("empty")
	if err != nil {
		t.Fatal(err)
	}
	p.do(t, "PUT", def+"/snapshots/before", nil).want(200)
	p.send(t, "PUT", def+"/state", string(text), yaml).want(200)
	got := p.do(t, "GET", def+"/snapshots/before/diff?limit=10000", nil).want(200).object()
	if removed := got["counts"].(object)["removed"].(float64); removed < 10 {
		t.Errorf("the fixture empty removed %v rows of the demo world", removed)
	}
}

func TestStatesThatAreRefusedChangeNothing(t *testing.T) {
	t.Parallel()
	p := start(t)
	before := string(p.do(t, "GET", def+"/state", nil).want(200).Body)
	for name, tt := range map[string]struct {
		body, media string
		status      int
		says        string
	}{
		"a form of another version": {`{"format":"tenantry-state/9","seq":1,"tables":{}}`, "application/json", 400, "tenantry-state/9"},
		"an unknown table":          {`{"format":"tenantry-state/1","tables":{"tenant":[]}}`, "application/json", 400, `"tenant" is not known`},
		"a text that breaks off":    {before[:len(before)/2], "application/json", 400, "read the state"},
		"nothing":                   {"", "application/json", 400, ""},
		"a fixture with a typo":     {"tenant: []\n", "application/yaml", 400, "fixture.yaml:1:1"},
		"another media type":        {"x", "text/plain", 415, "application/yaml"},
	} {
		t.Run(name, func(t *testing.T) { // one after another: the state is looked at when all are over
			p.send(t, "PUT", def+"/state", tt.body, http.Header{"Content-Type": {tt.media}}).refused(tt.status, tt.says)
		})
	}
	if after := string(p.do(t, "GET", def+"/state", nil).want(200).Body); after != before {
		t.Error("a refused state changed the sandbox")
	}
}

func TestASnapshotIsSavedComparedAndRestored(t *testing.T) {
	t.Parallel()
	p := start(t)
	path := p.sandbox(t, object{"clock": object{"set": "2030-01-01T00:00:00Z", "freeze": true}})
	saved := p.do(t, "PUT", path+"/snapshots/one", nil).want(200).object()
	if saved["now"] != "2030-01-01T00:00:00Z" || saved["scale"] != 0.0 {
		t.Errorf("the snapshot is %v", saved)
	}
	p.do(t, "PATCH", path, object{"settings": object{"lockout": "on"}}).want(200)
	p.do(t, "PUT", path+"/clock", object{"advance": "1h"}).want(200)

	diff := p.do(t, "GET", path+"/snapshots/one/diff", nil).want(200).object()
	if diff["from"] != "one" || diff["to"] != "now" || len(diff["differences"].([]any)) != 1 || diff["more"] != false {
		t.Errorf("the difference is %v", diff)
	}
	p.do(t, "POST", path+"/snapshots/one", nil).want(200)
	if now := p.do(t, "GET", path+"/clock", nil).object()["now"]; now != "2030-01-01T00:00:00Z" {
		t.Errorf("after the restore it is %v", now)
	}
	same := p.do(t, "GET", path+"/snapshots/base/diff?with=one", nil).want(200).object()
	if len(same["differences"].([]any)) != 0 {
		t.Errorf("the restored state differs from the beginning: %v", same)
	}
	p.sandbox(t, object{"snapshot": strings.TrimPrefix(path, "/sandboxes/") + "/one"})
	p.do(t, "DELETE", path+"/snapshots/one", nil).want(204)
	p.do(t, "DELETE", path+"/snapshots/one", nil).refused(404, "one")
	if items := p.do(t, "GET", path+"/snapshots", nil).object()["items"].([]any); len(items) != 0 {
		t.Errorf("there are %v", items)
	}
}

func TestSnapshotsThatAreRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.do(t, "PUT", def+"/snapshots/now", nil).refused(400, "meaning of their own")
	p.do(t, "POST", def+"/snapshots/nope", nil).refused(404, "nope")
	p.do(t, "GET", def+"/snapshots/nope/diff", nil).refused(404, "nope")
	p.do(t, "GET", def+"/snapshots/base/diff?with=nope", nil).refused(404, "nope")
	p.do(t, "GET", def+"/snapshots/base/diff?limit=0", nil).refused(400, "limit")
}
