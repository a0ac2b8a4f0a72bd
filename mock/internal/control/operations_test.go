package control_test

import (
	"net/http"
	"strings"
	"testing"
)

// A request is how one operation is asked, and succeeds.
type request struct {
	path string
	body any
}

// A preparation readies a control plane for a request.
type preparation func(t *testing.T, p *plane) request

func plain(path string) preparation {
	return func(*testing.T, *plane) request { return request{path: path} }
}

func with(path string, body any) preparation {
	return func(*testing.T, *plane) request { return request{path: path, body: body} }
}

const (
	def  = "/sandboxes/default"
	rule = `{"kind": "error", "match": {"operation": "listUsers"}, "when": {"times": 2, "ttl": "1m"}, "with": {"status": 503}}`
)

var requests = map[string]preparation{
	"getHealth":         plain("/healthz"),
	"getReadiness":      plain("/readyz"),
	"getVersion":        plain("/version"),
	"getDocument":       plain("/openapi.yaml"),
	"getDocumentJSON":   plain("/openapi.json"),
	"listOperations":    plain("/operations"),
	"recordProofs":      with("/operations/proofs", object{"proofs": []object{proof("getUser")}}),
	"getMetrics":        plain("/metrics"),
	"listFaultKinds":    plain("/fault-kinds"),
	"listFaultProfiles": plain("/fault-profiles"),

	"listSandboxes": plain("/sandboxes"),
	"createSandbox": with("/sandboxes", object{"id": "new", "ttl": "1m", "faults": []object{{"id": "down", "kind": "outage", "with": object{"for": "1m"}}}}),
	"getSandbox":    plain(def),
	"updateSandbox": with(def, object{"settings": object{"validation": "strict"}}),
	"deleteSandbox": newSandbox,
	"resetSandbox":  plain(def + "/reset"),

	"exportState":     plain(def + "/state"),
	"replaceState":    sameState,
	"listSnapshots":   afterSaving("/snapshots"),
	"saveSnapshot":    plain(def + "/snapshots/one"),
	"restoreSnapshot": afterSaving("/snapshots/one"),
	"deleteSnapshot":  afterSaving("/snapshots/one"),
	"diffSnapshot":    afterSaving("/snapshots/one/diff?with=base"),

	"getClock":    plain(def + "/clock"),
	"changeClock": with(def+"/clock", object{"advance": "24h", "freeze": true}),

	"listFaults":      afterRule("/faults"),
	"replaceFaults":   with(def+"/faults", `{"rules": [{"id": "users", `+strings.TrimPrefix(rule, "{")+`]}`),
	"clearFaults":     afterRule("/faults"),
	"getFault":        afterRule("/faults/users"),
	"putFault":        with(def+"/faults/users", rule),
	"deleteFault":     afterRule("/faults/users"),
	"addFaultProfile": plain(def + "/faults/profiles/flaky-idp"),

	"listJournal":         afterCall("/journal?operation=list*&status=4xx&newest=true"),
	"clearJournal":        afterCall("/journal"),
	"getJournalEntry":     afterCall("/journal/1"),
	"explainJournalEntry": afterCall("/journal/1/explain"),
	"verifyCalls":         afterCallWith("/verify", object{"match": object{"operation": "listUsers"}, "times": object{"exactly": 2}}),
	"mintToken":           with(def+"/tokens", object{"user": admin, "ttl": "10m"}),
}

// byStream names operations whose answer does not end; their tests are in stream_test.go.
var byStream = map[string]bool{"streamJournal": true}

func newSandbox(t *testing.T, p *plane) request {
	t.Helper()
	return request{path: p.sandbox(t, nil)}
}

func sameState(t *testing.T, p *plane) request {
	t.Helper()
	return request{path: def + "/state", body: string(p.do(t, "GET", def+"/state", nil).want(200).Body)}
}

func afterSaving(rest string) preparation {
	return func(t *testing.T, p *plane) request {
		t.Helper()
		p.do(t, "PUT", def+"/snapshots/one", nil).want(200)
		return request{path: def + rest}
	}
}

func afterRule(rest string) preparation {
	return func(t *testing.T, p *plane) request {
		t.Helper()
		p.do(t, "PUT", def+"/faults/users", rule).want(200)
		return request{path: def + rest}
	}
}

func afterCall(rest string) preparation { return afterCallWith(rest, nil) }

func afterCallWith(rest string, body any) preparation {
	return func(t *testing.T, p *plane) request {
		t.Helper()
		asked(p.world(t, "default"), "listUsers", http.StatusNotFound)
		return request{path: def + rest, body: body}
	}
}

// Every operation answers its success status with a body that the document accepts: the client checks every answer.
func TestEveryOperationSucceeds(t *testing.T) {
	t.Parallel()
	for _, o := range operations(t) {
		prepare, ok := requests[o.ID]
		if !ok {
			if !byStream[o.ID] {
				t.Errorf("%s has no request", o.ID)
			}
			continue
		}
		t.Run(o.ID, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			r := prepare(t, p)
			p.do(t, o.Method, r.path, r.body).want(o.Success)
		})
	}
}

// Wherever a sandbox is named, one that is not there is a 404 that names it.
func TestAnUnknownSandboxIsNotFound(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, o := range operations(t) {
		if !strings.HasPrefix(o.Path, "/sandboxes/{id}") {
			continue
		}
		path := strings.NewReplacer("{id}", "nowhere", "{name}", "n", "{rule}", "r", "{n}", "1").Replace(o.Path)
		var body any
		if prepare, ok := requests[o.ID]; ok {
			body = prepare(t, start(t)).body
		}
		p.do(t, o.Method, path, body).refused(404, `"nowhere"`)
	}
}

// Requests are judged strictly: a misspelt parameter would quietly change nothing.
func TestAnUnknownParameterIsRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, o := range operations(t) {
		path := strings.NewReplacer("{id}", "default", "{name}", "n", "{rule}", "r", "{n}", "1").Replace(o.Path)
		p.do(t, o.Method, path+"?nonsense=1", nil).refused(400, "nonsense is not documented")
	}
}

func TestProbesAndMetricsAreAtTheRootToo(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.url = strings.TrimSuffix(p.url, "/_mock/v1")
	for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
		p.do(t, "GET", path, nil).want(200)
	}
	p.do(t, "GET", "/version", nil).refused(404, "no operation has the path /version")
}
