package state_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func TestEachPrefixHasToStartAWord(t *testing.T) {
	t.Parallel()
	row := tenant(unit, customer, model.Unit, "Harbor Hall\n")
	row.Contact.Email = "Desk@harbor.example"
	for claim, tt := range map[string]struct {
		prefixes []string
		first    string
		ok       bool
	}{
		"the start of a word":              {[]string{"harb"}, "harbor", true},
		"a whole word":                     {[]string{"hall"}, "hall", true},
		"the first word in order counts":   {[]string{"ha"}, "hall", true},
		"whatever the other prefixes find": {[]string{"desk", "ha"}, "desk@harbor.example", true},
		"not the middle of a word":         {[]string{"arb"}, "", false},
		"not one prefix without the other": {[]string{"harb", "bay"}, "", false},
	} {
		first, ok := state.Tenants.Match(row, tt.prefixes)
		if first != tt.first || ok != tt.ok {
			t.Errorf("%s: Match(%v) = %q, %v, want %q, %v", claim, tt.prefixes, first, ok, tt.first, tt.ok)
		}
	}
}

func TestMatchingWordsComeInTheirOrder(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(t.Context())
	var got []string
	for word, row := range state.MatchingWords(state.Tenants, v, "") {
		got = append(got, word+" "+row.Name)
	}
	want := []string{"acme Acme", "clinic Harbor Clinic", "harbor Harbor Clinic", "other Other", "root Root", "ward Ward"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("MatchingWords (-want +got):\n%s", d)
	}
}

func TestNamesLeadDownFromTheRoot(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(t.Context())
	for from, want := range map[model.TenantID][]string{
		root:     {"Root", "Acme", "Harbor Clinic", "Ward"},
		customer: {"Harbor Clinic", "Ward"},
		unit:     {"Ward"},
	} {
		if d := cmp.Diff(want, v.Names(from, unit)); d != "" {
			t.Errorf("Names(%s, unit) (-want +got):\n%s", from, d)
		}
	}
}

func TestUsageCountsAllThatIsBelow(t *testing.T) {
	t.Parallel()
	const backup = "6e6d758d-8e74-3ae3-ac84-50eb0dff12eb"
	w := inMemory(t, frozen())
	update(t, w, func(tx *state.Tx) error {
		for i, u := range []model.Usage{
			{TenantID: customer, ItemRef: model.ItemRef{App: backup, Name: "vms"}},
			{TenantID: unit, ItemRef: model.ItemRef{App: backup, Name: "pw_base_vms"}},
			{TenantID: unit, ItemRef: model.ItemRef{App: backup, Name: "storage", Infra: "one"}},
			{TenantID: unit, ItemRef: model.ItemRef{App: backup, Name: "storage", Infra: "two"}},
			{TenantID: unit, ItemRef: model.ItemRef{App: backup, Name: "vm_storage"}},
		} {
			u.Value = 1 << i
			tx.PutUsage(&u)
		}
		return nil
	})
	v := w.View(t.Context())
	for claim, tt := range map[string]struct {
		tenant model.TenantID
		usage  string
		infra  model.InfraID
		want   int64
	}{
		"its own and below, in all editions": {customer, "vms", "", 3},
		"from further up too":                {root, "vms", "", 3},
		"on all components":                  {unit, "storage", "", 12},
		"on one":                             {unit, "storage", "two", 8},
		"what no item stands for":            {customer, "vm_storage", "", 16},
		"nothing beside the tree":            {sibling, "vms", "", 0},
		"nothing of no tenant":               {"", "vms", "", 0},
	} {
		if got := v.UsedBelow(tt.tenant, tt.usage, tt.infra); got != tt.want {
			t.Errorf("%s: UsedBelow = %d, want %d", claim, got, tt.want)
		}
	}
}
