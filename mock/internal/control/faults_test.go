package control_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/match"
)

func TestARuleIsShownAsItWasWrittenWithItsCounters(t *testing.T) {
	t.Parallel()
	p := start(t)
	written := `{"kind": "error", "match": {"operation": "listUsers", "header": {"X": "1*"}}, "when": {"times": 2, "after": 1}, "with": {"status": 503}}`
	p.do(t, "PUT", def+"/faults/users", written).want(200)
	for range 4 {
		for _, hit := range p.world(t, "default").Faults.Hits(func() *match.Request {
			return &match.Request{Operation: "listUsers", Header: map[string][]string{"X": {"12"}}}
		}) {
			defer hit.Done()
		}
	}
	want := object{"id": "users", "matched": 4.0, "applied": 2.0, "active": 2.0}
	var rest object
	if err := json.Unmarshal([]byte(written), &rest); err != nil {
		t.Fatal(err)
	}
	for name, v := range rest {
		want[name] = v
	}
	if diff := cmp.Diff(want, p.do(t, "GET", def+"/faults/users", nil).want(200).object()); diff != "" {
		t.Errorf("GET faults/users (-want +got):\n%s", diff)
	}
}

func TestASetIsReplacedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.do(t, "PUT", def+"/faults/old", rule).want(200)
	p.do(t, "PUT", def+"/faults", `{"rules": [{"id": "new", "kind": "error"}, {"id": "bad", "kind": "error", "match": {"operation": "listUser"}}]}`).
		refused(400, "/rules/1/match/operation", "listUsers")
	p.do(t, "GET", def+"/faults/old", nil).want(200)
	p.do(t, "GET", def+"/faults/new", nil).refused(404, `"new"`)
	got := p.do(t, "PUT", def+"/faults", `{"rules": [{"id": "new", "kind": "error"}]}`).want(200).object()
	if rules := got["rules"].([]any); len(rules) != 1 {
		t.Errorf("the rules are %v", rules)
	}
	p.do(t, "GET", def+"/faults/old", nil).want(404)
	p.do(t, "DELETE", def+"/faults", nil).want(204)
	p.do(t, "GET", def+"/faults/new", nil).want(404)
}

func TestFaultRulesThatAreRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	for name, tt := range map[string]struct{ body, says string }{
		"no kind":                      {`{}`, "/kind is required"},
		"an unknown kind":              {`{"kind": "lost_akc"}`, `did you mean "lost_ack"?`},
		"an unknown member":            {`{"kind": "error", "matches": {}}`, "/matches is not documented: did you mean match?"},
		"an unknown member of match":   {`{"kind": "error", "match": {"opration": "x"}}`, "/match/opration is not documented: did you mean operation?"},
		"an unknown member of when":    {`{"kind": "error", "when": {"tmes": 1}}`, "/when/tmes is not documented: did you mean times?"},
		"an unknown operation":         {`{"kind": "error", "match": {"operation": "lstUsers"}}`, "/match/operation"},
		"a matcher of answers":         {`{"kind": "error", "match": {"status": "404"}}`, "/match/status"},
		"another id than in the path":  {`{"id": "other", "kind": "error"}`, `/id must be "users"`},
		"a probability that is none":   {`{"kind": "error", "when": {"probability": 2}}`, "/when/probability"},
		"a ttl without a unit":         {`{"kind": "error", "when": {"ttl": "10"}}`, "such as 250ms"},
		"an unknown parameter":         {`{"kind": "error", "with": {"stauts": 500}}`, "/with/stauts"},
		"a parameter of a wrong value": {`{"kind": "error", "with": {"status": 200}}`, "/with/status"},
		"an impossible phase":          {`{"kind": "delay", "phase": "during"}`, "/phase"},
		"a list in place of a rule":    {`[]`, "must be an object"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p.do(t, "PUT", def+"/faults/users", tt.body).refused(400, tt.says)
		})
	}
	p.do(t, "DELETE", def+"/faults/none", nil).refused(404, "none")
	p.do(t, "POST", def+"/faults/profiles/none", nil).refused(404, "flaky-idp")
}

func TestEveryProfileIsAddedToTheRulesThatThereAre(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, profile := range fault.Profiles() {
		path := p.sandbox(t, object{"faults": []object{{"id": "mine", "kind": "error"}}})
		got := p.do(t, "POST", path+"/faults/profiles/"+profile.Name, nil).want(200).object()
		if rules := got["rules"].([]any); len(rules) != len(profile.Rules)+1 {
			t.Errorf("with %s the rules are %v", profile.Name, rules)
		}
	}
}

// The list of kinds is what people copy from.
func TestEveryKindIsShownWithAnExampleThatIsTaken(t *testing.T) {
	t.Parallel()
	p := start(t)
	var kinds struct {
		Items []struct {
			Name       string
			Example    json.RawMessage
			Parameters []struct {
				Name, Type string
				Default    any
			}
		}
	}
	p.do(t, "GET", "/fault-kinds", nil).want(200).into(&kinds)
	if len(kinds.Items) != len(fault.Kinds()) {
		t.Errorf("%d kinds are shown, want %d", len(kinds.Items), len(fault.Kinds()))
	}
	for _, k := range kinds.Items {
		p.do(t, "PUT", def+"/faults", `{"rules": [`+string(k.Example)+`]}`).want(200)
		if k.Name != "error" {
			continue
		}
		if first := k.Parameters[0]; first.Name != "status" || first.Type != "integer" || first.Default != 503.0 {
			t.Errorf("the first parameter of error is %+v", first)
		}
	}
}
