package fault_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
)

func TestAWrongRuleIsRefusedAtItsMember(t *testing.T) {
	t.Parallel()
	for _, table := range []map[string]refusal{wrongRules, wrongConditions, wrongParameters} {
		for name, tt := range table {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				problems := w.try(tt.rule)
				if len(problems) != 1 || problems[0].Pointer != tt.pointer || !strings.Contains(problems[0].Detail, tt.detail) {
					t.Errorf("Put(%s) = %+v, want a problem at %q with %q", tt.rule, problems, tt.pointer, tt.detail)
				}
				if !w.Empty() {
					t.Error("the rule is in force all the same")
				}
			})
		}
	}
}

func TestAllProblemsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	rules, problems := fault.ParseRules([]byte(`[
		{"id":"a","kind":"error","when":{"times":-1,"after":-1},"phase":"x","with":{"status":1}},
		{"id":"a","kind":"error"}]`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	w := newWorld(t)
	w.put(`{"id":"kept","kind":"error"}`)
	var got []string
	for _, p := range w.Replace(rules) {
		got = append(got, p.Pointer)
	}
	want := []string{"/0/when/times", "/0/when/after", "/0/with/status", "/0/phase", "/1/id"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pointers (-want +got):\n%s", diff)
	}
	if rules := w.Rules(); len(rules) != 1 || rules[0].ID != "kept" {
		t.Errorf("a set with problems took the place of the rules: %v", rules)
	}
}

func TestATypoInAListIsToldWithItsRule(t *testing.T) {
	t.Parallel()
	_, problems := fault.ParseRules([]byte(`[{"id":"a","kind":"error"},{"id":"b","knd":"error","a/b~":1}]`))
	want := []fault.Problem{
		{Pointer: "/1/a~1b~0", Detail: "is not known here; known are id, kind, match, phase, seed, when, with"},
		{Pointer: "/1/knd", Detail: `is not known here; did you mean "kind"?`},
	}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if _, problems := fault.ParseRules([]byte(`{}`)); len(problems) != 1 {
		t.Errorf("an object in place of the list: %v", problems)
	}
}

func TestARuleIsShownAsItWasWritten(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"id":"a","kind":"error"}`,
		`{"id":"a","kind":"error","match":{"operation":"listUsers,get*","header":{"X-A":"b*"}},` +
			`"when":{"times":2,"after":1,"every":3,"probability":0,"window":{"from":"2026-01-01T00:00:00Z"},"ttl":"30s","per":"client"},` +
			`"phase":"after","seed":7,"with":{"status":500}}`,
	} {
		rule, problems := fault.ParseRule([]byte(text))
		if len(problems) > 0 {
			t.Fatalf("ParseRule(%s) = %v", text, problems)
		}
		if diff := cmp.Diff(text, marshal(t, rule)); diff != "" {
			t.Errorf("written and shown (-want +got):\n%s", diff)
		}
	}
}

func TestEveryKindHasASoundExample(t *testing.T) {
	t.Parallel()
	for _, k := range fault.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.put(k.Example)
			rules := w.Rules()
			if rules[0].Kind != k.Name || k.Summary == "" || len(k.Phases) == 0 || k.Family == "" {
				t.Errorf("the example of %s is one of %s, or the kind is not described", k.Name, rules[0].Kind)
			}
		})
	}
}

func TestEveryProfileIsSound(t *testing.T) {
	t.Parallel()
	var names []string
	for _, p := range fault.Profiles() {
		names = append(names, p.Name)
		rules, problems := fault.ParseRules([]byte(marshal(t, p.Rules)))
		if len(problems) > 0 {
			t.Errorf("%s does not parse: %v", p.Name, problems)
		}
		if problems := newWorld(t).Replace(rules); len(problems) > 0 {
			t.Errorf("%s is refused: %v", p.Name, problems)
		}
	}
	if diff := cmp.Diff([]string{"flaky-idp", "maintenance-window", "rate-limited", "read-only", "slow-network"}, names); diff != "" {
		t.Errorf("profiles (-want +got):\n%s", diff)
	}
	if _, ok := fault.ProfileNamed("flaky"); ok {
		t.Error("there is a profile without a name of its own")
	}
}
