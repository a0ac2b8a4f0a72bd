package fault_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
)

// FuzzRules holds that any text is taken or refused, and that what was taken is taken again as it is shown.
func FuzzRules(f *testing.F) {
	for _, k := range fault.Kinds() {
		f.Add(k.Example)
	}
	for _, table := range []map[string]refusal{wrongRules, wrongConditions, wrongParameters} {
		for _, wrong := range table {
			f.Add(wrong.rule)
		}
	}
	f.Add(`{"id":"0","kind":"pagination_shift","match":{"query":{}}}`)
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, text string) {
		rule, problems := fault.ParseRule([]byte(text))
		if len(problems) > 0 || len(w.Replace([]fault.Rule{rule})) > 0 {
			return
		}
		w.meet(request())
		shown := marshal(t, rule)
		again, problems := fault.ParseRules([]byte("[" + shown + "]"))
		if len(problems) == 0 {
			problems = w.Replace(again)
		}
		if len(problems) > 0 {
			t.Fatalf("%s is refused as it is shown, %s: %v", text, shown, problems)
		}
		if diff := cmp.Diff(shown, marshal(t, again[0])); diff != "" {
			t.Errorf("shown once and twice:\n%s", diff)
		}
	})
}
