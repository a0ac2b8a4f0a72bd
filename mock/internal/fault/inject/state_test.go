package inject_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
)

func TestTheExampleOfEachKindIsTaken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, k := range fault.Kinds() {
		if k.Family != fault.State && k.Family != fault.OAuth {
			continue
		}
		r.put(k.Example)
		if !strings.Contains(k.Example, `"kind": "`+k.Name+`"`) {
			t.Errorf("the example of %s is another one: %s", k.Name, k.Example)
		}
	}
}

func TestLostAckLosesTheAnswerAndKeepsTheChange(t *testing.T) {
	t.Parallel()
	const body = `{"tenant_id":"` + harbor + `","login":"lost","contact":{"email":"lost@example.com"}}`
	for mode, want := range map[string]struct {
		status   int
		cause    op.Cause
		delivery *op.Delivery
	}{
		"":                                {200, op.CauseInjected, &op.Delivery{Mute: true, End: op.EndReset}},
		`"mode":"reset"`:                  {200, op.CauseInjected, &op.Delivery{Mute: true, End: op.EndReset}},
		`"mode":"empty"`:                  {200, op.CauseInjected, &op.Delivery{Mute: true, End: op.EndClose}},
		`"mode":"timeout"`:                {200, op.CauseInjected, &op.Delivery{Mute: true, End: op.EndStall}},
		`"mode":"error"`:                  {504, op.CauseInjected, nil},
		`"mode":"error","status":502`:     {502, op.CauseInjected, nil},
		`"mode":"error", "status": 500`:   {500, op.CauseInjected, nil},
		`"mode":"error", "status":   503`: {503, op.CauseInjected, nil},
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, `{"id":"x","kind":"lost_ack","match":{"operation":"createUser"},"with":{`+mode+`}}`)
			ex := r.want(r.post("/users", body), want.status, want.cause)
			if diff := cmp.Diff(want.delivery, ex.Delivery); diff != "" {
				t.Errorf("delivery (-want +got):\n%s", diff)
			}
			if _, ok := r.box.State.View(t.Context()).UserByLogin("lost"); !ok {
				t.Error("the user was not created")
			}
		})
	}
}

func TestReadOnlyRefusesChangesAlone(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"read_only","with":{"retry_after":"90s"}}`)
	ex := r.want(r.post("/users", `{}`), http.StatusServiceUnavailable, op.CauseInjected)
	if got := ex.Reply.Header.Get("Retry-After"); got != "90" {
		t.Errorf("Retry-After: got %q, want 90", got)
	}
	if !strings.Contains(string(ex.Reply.Body), `"domain":"PlatformAccountServer"`) {
		t.Errorf("the refusal is not in the API's envelope: %s", ex.Reply.Body)
	}
	r.fine(r.get("/tenants/" + harbor))
	r.token = r.text(r.fine(r.post("/idp/token", grant)), "access_token")
	r.fine(r.get("/tenants/" + harbor))
}

func TestConflictAnswersBehindTheGates(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		mode   string
		send   func(*rig) *op.Exchange
		status int
		want   string
	}{
		"a stale version in the query": {
			"stale_version", func(r *rig) *op.Exchange { return r.send("DELETE", "/tenants/"+harbor+"?version=7", "") },
			409, `"code":1001,"message":"Version mismatch.","details":{"info":"tenant is at version 8, the request was made for version 7"`,
		},
		"a stale version in the body": {
			"stale_version", func(r *rig) *op.Exchange { return r.send("PUT", "/tenants/"+harbor, `{"version":41,"name":"N"}`) },
			409, `"info":"tenant is at version 42, the request was made for version 41"`,
		},
		"a precondition": {
			"precondition", func(r *rig) *op.Exchange { return r.send("PUT", "/tenants/"+harbor, `{"version":1,"name":"N"}`) },
			412, `"code":412,"message":"Precondition Failed"`,
		},
		"an object that is gone": {
			"vanished", func(r *rig) *op.Exchange { return r.get("/tenants/" + harbor) },
			404, `"code":404,"message":"Not found","details":{"info":"tenant \"` + harbor + `\" does not exist"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, `{"id":"x","kind":"conflict","with":{"mode":"`+tt.mode+`"}}`)
			before := r.box.State.View(t.Context()).Seq()
			ex := r.want(tt.send(r), tt.status, op.CauseInjected)
			if !strings.Contains(string(ex.Reply.Body), tt.want) {
				t.Errorf("got %s, want %s in it", ex.Reply.Body, tt.want)
			}
			if after := r.box.State.View(t.Context()).Seq(); after != before {
				t.Errorf("the state moved from %d to %d", before, after)
			}
			r.token = "nonsense"
			r.want(tt.send(r), http.StatusUnauthorized, op.CauseAuth)
		})
	}
}

func TestNothingVanishesFromAList(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"conflict","with":{"mode":"vanished"}}`)
	r.fine(r.get("/users?tenant_id=" + harbor))
}

func TestRulesOfTheStateFamilyThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tt := range map[string]struct{ rule, pointer string }{
		"an unknown mode":              {`{"id":"x","kind":"lost_ack","with":{"mode":"gone"}}`, "/with/mode"},
		"a status without its mode":    {`{"id":"x","kind":"lost_ack","with":{"status":503}}`, "/with/status"},
		"a status of a success":        {`{"id":"x","kind":"lost_ack","with":{"mode":"error","status":200}}`, "/with/status"},
		"a phase before":               {`{"id":"x","kind":"lost_ack","phase":"before"}`, "/phase"},
		"a lag of nothing":             {`{"id":"x","kind":"stale_read"}`, "/with"},
		"a lag of both":                {`{"id":"x","kind":"stale_read","with":{"reads":1,"for":"1s"}}`, "/with"},
		"a lag of very many reads":     {`{"id":"x","kind":"stale_read","with":{"reads":101}}`, "/with/reads"},
		"a lag of days":                {`{"id":"x","kind":"stale_read","with":{"for":"48h"}}`, "/with/for"},
		"a lag backwards":              {`{"id":"x","kind":"stale_read","with":{"for":"-1s"}}`, "/with/for"},
		"paging where there is none":   {`{"id":"x","kind":"pagination_shift","match":{"operation":"getUser"}}`, "/match"},
		"skipping nothing":             {`{"id":"x","kind":"pagination_shift","with":{"mode":"skip","items":0}}`, "/with/items"},
		"items of another mode":        {`{"id":"x","kind":"pagination_shift","with":{"items":2}}`, "/with/items"},
		"another way of being stuck":   {`{"id":"x","kind":"async_stuck","with":{"mode":"slow"}}`, "/with/mode"},
		"a conflict of another kind":   {`{"id":"x","kind":"conflict","with":{"mode":"409"}}`, "/with/mode"},
		"a wait that no header can be": {`{"id":"x","kind":"read_only","with":{"retry_after":"1500ms"}}`, "/with/retry_after"},
	} {
		rule, problems := fault.ParseRule([]byte(tt.rule))
		if len(problems) == 0 {
			problems = r.box.Faults.Put(rule)
		}
		if len(problems) != 1 || problems[0].Pointer != tt.pointer || problems[0].Detail == "" {
			t.Errorf("%s: got %v, want one problem at %s", name, problems, tt.pointer)
		}
	}
}
