package mock_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
)

// docs/faults.md is made from the kinds: go test ./mock -run TestTheFaultsPage -update writes it anew.
func TestTheFaultsPage(t *testing.T) {
	t.Parallel()
	const name = "../docs/faults.md"
	want := faultsPage()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/faults.md is not what the kinds say; run the test with -update (-want +got):\n%s", diff)
	}
}

const faultsHead = `# Faults

A rule says which requests meet which fault, and when. This is one:

    {"id": "flaky-users", "kind": "error", "match": {"operation": "listUsers,get*", "tag": "users"},
     "when": {"after": 1, "times": 2, "probability": 0.5}, "with": {"status": 503}}

Put it with ` + "`tenantry fault add`" + `, with ` + "`PUT /_mock/v1/sandboxes/{id}/faults/{rule}`" + ` at the control plane, or in a Go test with
` + "`srv.Fault(t, mock.Rule{…})`" + `. A rule that can never act, names an unknown operation or holds a typo is refused with the
member that is wrong. Every rule of the tables below can be copied; a test of this project puts each of them before a real
client.

**match** picks requests; all that it names must hold, and nothing named is every request: ` + "`operation`" + ` (operationId, or a
glob; alternatives by comma), ` + "`tag`, `method`, `path`" + ` (glob), ` + "`tenant`, `subtree`" + ` (a tenant, or one and all below it, that the
request is about), ` + "`client`, `user`" + ` (id or login), ` + "`role`, `header`, `query`" + ` (globs), ` + "`body`" + ` (JSONPath to a value).

**when** picks among them, counted from the first: ` + "`after`" + ` lets so many pass, ` + "`every`" + ` takes each n-th of the rest, ` + "`probability`" + `
draws, ` + "`times`" + ` ends the rule. ` + "`window`" + ` is a time of the world's clock, ` + "`ttl`" + ` a time of the wall after which the rule is gone,
` + "`max_active`" + ` bounds how many requests it holds at once, ` + "`per`" + ` counts by ` + "`client` or `resource`" + ` instead of the whole rule, ` + "`priority`" + ` orders rules that meet.

**Chance** depends on the seeds of world and rule, the rule's id and the number of the match, and on nothing else: other
rules and other tests do not shift it. Of concurrent requests it is settled which numbers fail, not which request gets
which number.

**phase**: ` + "`before`" + ` the operation runs, or ` + "`after`" + ` its change stands. The first one of the table is the default.

Injected refusals use the API's own envelopes and carry ` + "`X-Tenantry-Cause: injected`" + `; the journal names rule, number and
drawn value. A probability of 0 is the same as no rule, byte for byte. A request that is held keeps no lock and ends with
its client.
`

var familyTitles = map[fault.Family]string{
	fault.HTTP: "HTTP", fault.Latency: "Latency", fault.Connection: "Connection", fault.Body: "Body",
	fault.State: "State", fault.OAuth: "OAuth",
}

// membersOf names the parameters of a kind, with those of the objects among them.
func membersOf(k fault.Kind) string {
	if k.With == nil {
		return ""
	}
	return strings.Join(jsonMembers(reflect.TypeOf(k.With()).Elem()), ", ")
}

func jsonMembers(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case f.Anonymous && name == "" && inner.Kind() == reflect.Struct:
			names = append(names, jsonMembers(inner)...)
		case name == "" || name == "-":
		case inner.Kind() == reflect.Struct:
			names = append(names, "`"+name+"` ("+strings.Join(jsonMembers(inner), ", ")+")")
		default:
			names = append(names, "`"+name+"`")
		}
	}
	return names
}

func faultsPage() string {
	var b strings.Builder
	b.WriteString(faultsHead)
	family := fault.Family("")
	for _, k := range fault.Kinds() {
		if k.Family != family {
			family = k.Family
			fmt.Fprintf(&b, "\n## %s\n\n| kind | phase | what happens | members of with | a rule |\n|---|---|---|---|---|\n", familyTitles[family])
		}
		phases := make([]string, len(k.Phases))
		for i, p := range k.Phases {
			phases[i] = string(p)
		}
		what := k.Summary
		if len(k.Operations) > 0 {
			what += " Only " + strings.Join(k.Operations, ", ") + "."
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | `%s` |\n", k.Name, strings.Join(phases, ", "), what, membersOf(k), k.Example)
	}
	b.WriteString("\n## Profiles\n\nNamed sets of rules that ship with the binary: `tenantry fault profile NAME`.\n\n| profile | what it does | rules |\n|---|---|---|\n")
	for _, p := range fault.Profiles() {
		kinds := make([]string, len(p.Rules))
		for i := range p.Rules {
			kinds[i] = "`" + p.Rules[i].Kind + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", p.Name, p.Summary, strings.Join(kinds, ", "))
	}
	return b.String()
}
