package control_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/control"
)

func TestASandboxSaysHowToReachIt(t *testing.T) {
	t.Parallel()
	p := start(t)
	a := p.do(t, "POST", "/sandboxes", object{
		"id": "mine", "fixture": "demo", "seed": 7, "ttl": "10m", "clock": object{"set": "2030-01-31T23:59:00Z", "freeze": true},
		"settings": object{"validation": "strict"},
	}).want(201)
	if got := a.Header.Get("Location"); got != "/_mock/v1/sandboxes/mine" {
		t.Errorf("Location is %q", got)
	}
	got := a.object()
	want := object{
		"id": "mine", "base_url": "http://127.0.0.1:8080/s/mine", "api_url": "http://127.0.0.1:8080/s/mine/api/2",
		"seed": 7.0, "origin": object{"fixture": "demo"}, "durable": false,
		"settings": object{
			"validation": "strict", "timestamps": "micros", "mfa_default": "off", "report_window": "off", "lockout": "off", "forgot_link": "on",
		},
		"users": []any{object{
			"login": admin, "password": "p", "user_id": "b0000000-0000-4000-8000-000000000001", "tenant_id": acme,
		}},
	}
	clock := got["clock"].(object)
	if clock["now"] != "2030-01-31T23:59:00Z" || clock["frozen"] != true {
		t.Errorf("the clock is %v", clock)
	}
	clients := got["clients"].([]any)
	if first := clients[0].(object); first["twin_of"] != client || first["client_secret"] == "" {
		t.Errorf("the first client is %v, want a twin of %s", first, client)
	}
	if got["expires_at"] == nil {
		t.Error("a sandbox with a ttl says not when it expires")
	}
	for _, varies := range []string{"clock", "clients", "created_at", "expires_at"} {
		delete(got, varies)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("POST /sandboxes (-want +got):\n%s", diff)
	}
}

func TestTheDefaultSandboxIsReachedWithoutAPrefix(t *testing.T) {
	t.Parallel()
	got := start(t).do(t, "GET", def, nil).want(200).object()
	if got["base_url"] != "http://127.0.0.1:8080" || got["expires_at"] != nil {
		t.Errorf("the default sandbox is at %v until %v", got["base_url"], got["expires_at"])
	}
	if clients := got["clients"].([]any); len(clients) != 1 || clients[0].(object)["client_id"] != client {
		t.Errorf("its clients are %v, want the documented one", clients)
	}
}

func TestTheSameSeedMakesTheSameCredentials(t *testing.T) {
	t.Parallel()
	spec := object{"id": "mine", "seed": 42}
	first := start(t).do(t, "POST", "/sandboxes", spec).want(201).object()
	again := start(t).do(t, "POST", "/sandboxes", spec).want(201).object()
	if diff := cmp.Diff(first["clients"], again["clients"]); diff != "" {
		t.Errorf("credentials of two servers differ:\n%s", diff)
	}
}

func TestSandboxesThatAreRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.sandbox(t, object{"id": "taken"})
	for name, tt := range map[string]struct {
		body   any
		status int
		says   string
	}{
		"an id that is taken":             {object{"id": "taken"}, 409, "already"},
		"an id that cannot be in a URL":   {object{"id": "A B"}, 400, "lower-case"},
		"two things to begin with":        {object{"fixture": "demo", "fork": "default"}, 400, "one of fixture, snapshot and fork"},
		"an unknown fixture":              {object{"fixture": "nope"}, 400, "nope"},
		"a fork of nothing":               {object{"fork": "nope"}, 404, "nope"},
		"an unknown snapshot":             {object{"snapshot": "nope"}, 404, "nope"},
		"durability without a data file":  {object{"durable": true}, 400, "--data"},
		"an unknown setting":              {object{"settings": object{"validatoin": "strict"}}, 400, "validation"},
		"a member that is misspelt":       {object{"setings": object{}}, 400, "/setings is not documented: did you mean settings?"},
		"a member of another case":        {object{"Fixture": "demo"}, 400, "did you mean fixture?"},
		"a nested member that is unknown": {object{"clock": object{"freez": true}}, 400, "/clock/freez is not documented: did you mean freeze?"},
		"a ttl that is a number":          {object{"ttl": 90}, 400, "/ttl must be a string"},
		"a ttl without a unit":            {object{"ttl": "90"}, 400, "such as 250ms"},
		"a seed that is a text":           {object{"seed": "7"}, 400, "/seed"},
		"two paces of the clock":          {object{"clock": object{"freeze": true, "scale": 2}}, 400, "one pace"},
		"a date that is none":             {object{"clock": object{"set": "tomorrow"}}, 400, "such as 2026-01-31T23:59:00Z"},
		"no JSON":                         {`{"id":`, 400, ""},
		"something after the JSON":        {`{} {}`, 400, ""},
		"a member twice":                  {`{"id": "a", "id": "b"}`, 400, "twice"},
		"a fault rule with a typo": {
			object{"faults": []object{{"id": "x", "kind": "eror"}}}, 400, `/faults/0/kind "eror" is no kind of fault; did you mean "error"?`,
		},
		"a parameter of a fault with a typo": {
			object{"faults": []object{{"id": "x", "kind": "error", "with": object{"stauts": 500}}}}, 400, "/faults/0/with/stauts",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p.do(t, "POST", "/sandboxes", tt.body).refused(tt.status, tt.says)
		})
	}
}

func TestASandboxWhoseFaultsAreRefusedWasNeverMade(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.do(t, "POST", "/sandboxes", object{"id": "x", "faults": []object{{"id": "x", "kind": "eror"}}}).want(400)
	p.do(t, "GET", "/sandboxes/x", nil).want(404)
	p.sandbox(t, object{"id": "x", "faults": []object{{"id": "f", "kind": "error"}}})
	p.do(t, "GET", "/sandboxes/x/faults/f", nil).want(200)
}

func TestListsNameEverySandboxWithoutItsCredentials(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.sandbox(t, object{"id": "b"})
	p.sandbox(t, object{"id": "a"})
	a := p.do(t, "GET", "/sandboxes", nil).want(200)
	var got struct{ Items []struct{ ID string } }
	a.into(&got)
	if diff := cmp.Diff([]struct{ ID string }{{"a"}, {"b"}, {"default"}}, got.Items); diff != "" {
		t.Errorf("GET /sandboxes (-want +got):\n%s", diff)
	}
	if strings.Contains(string(a.Body), "secret") {
		t.Errorf("the list holds secrets: %s", a.Body)
	}
}

func TestASandboxThatIsDeletedIsGone(t *testing.T) {
	t.Parallel()
	m := &counted{}
	p := start(t, func(c *control.Config) { c.Metrics = m })
	path := p.sandbox(t, object{"id": "x"})
	p.do(t, "DELETE", path, nil).want(204)
	p.do(t, "DELETE", path, nil).want(404)
	p.do(t, "GET", path, nil).want(404)
	if diff := cmp.Diff([]string{"x"}, m.forgotten); diff != "" {
		t.Errorf("forgotten metrics (-want +got):\n%s", diff)
	}
	p.do(t, "DELETE", def, nil).refused(409, "reset it instead")
}

func TestSettingsChangeAndTheOthersStay(t *testing.T) {
	t.Parallel()
	p := start(t)
	path := p.sandbox(t, object{"settings": object{"lockout": "on"}})
	got := p.do(t, "PATCH", path, object{"settings": object{"validation": "warn"}}).want(200).object()["settings"].(object)
	if got["lockout"] != "on" || got["validation"] != "warn" {
		t.Errorf("settings are %v", got)
	}
	p.do(t, "PATCH", path, object{"settings": object{"validation": "none"}}).refused(400, "enforce, warn, strict")
	p.do(t, "PATCH", path, object{"setting": object{}}).refused(400, "did you mean settings?", "/settings is required")
}

func TestResetGoesBackToTheBeginning(t *testing.T) {
	t.Parallel()
	p := start(t)
	path := p.sandbox(t, object{"clock": object{"set": "2030-01-01T00:00:00Z", "freeze": true}, "settings": object{"lockout": "on"}})
	p.do(t, "PATCH", path, object{"settings": object{"lockout": "off"}}).want(200)
	p.do(t, "PUT", path+"/clock", object{"advance": "1h"}).want(200)
	p.do(t, "PUT", path+"/faults/users", rule).want(200)
	got := p.do(t, "POST", path+"/reset", nil).want(200).object()
	if now := got["clock"].(object)["now"]; now != "2030-01-01T00:00:00Z" {
		t.Errorf("after the reset it is %v", now)
	}
	if got["settings"].(object)["lockout"] != "on" {
		t.Error("the reset lost the settings that the sandbox was made with")
	}
	p.do(t, "GET", path+"/faults/users", nil).want(404)
}

func TestABodyOfTheWrongTypeOrSizeIsRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	p.send(t, "POST", "/sandboxes", `{"id": "x"}`, form).refused(415, "curl")
	p.do(t, "POST", "/sandboxes", `{"id": "`+strings.Repeat("x", 1<<20)+`"}`).refused(413, "1048576")
}

func TestAPathWithoutAnOperationIsRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.do(t, "GET", "/nothing", nil).refused(404, "/_mock/v1/nothing")
	a := p.do(t, "PUT", "/sandboxes", nil)
	a.refused(405, "allowed: GET, HEAD, POST")
	if got := a.Header.Get("Allow"); got != "GET, HEAD, POST" {
		t.Errorf("Allow is %q", got)
	}
}
