package inject_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/fault/inject"
)

func TestEveryKindHasAnEffect(t *testing.T) {
	t.Parallel()
	var kinds []string
	for _, k := range fault.Kinds() {
		kinds = append(kinds, k.Name)
	}
	effects := inject.EffectNames()
	slices.Sort(kinds)
	slices.Sort(effects)
	if diff := cmp.Diff(kinds, effects); diff != "" {
		t.Errorf("kinds and effects (-kinds +effects):\n%s", diff)
	}
	if twice := slices.Compact(slices.Clone(kinds)); len(twice) != len(kinds) {
		t.Errorf("a kind has the name of another: %v", kinds)
	}
}
