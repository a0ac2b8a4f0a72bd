package model_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// codeOf is the platform code of a refusal, 0 for none and -1 for a refusal without one.
func codeOf(t *testing.T, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	var refusal *model.Error
	if !errors.As(err, &refusal) || refusal.Kind != model.Invalid {
		t.Fatalf("%v is no refusal of kind invalid", err)
	}
	if refusal.Platform == 0 {
		return -1
	}
	return refusal.Platform
}

func TestRulesOfASingleTenant(t *testing.T) {
	t.Parallel()
	personal := &model.Tenant{ID: "p", Kind: model.Unit, OwnerID: "u"}
	unit := &model.Tenant{ID: "n", Kind: model.Unit}
	root := &model.Tenant{ID: "r", Kind: model.Root}
	for claim, tt := range map[string]struct {
		err  error
		want int
	}{
		"a name needs a visible character":       {model.CheckTenantName(" \t\n"), -1},
		"a newline at its end does no harm":      {model.CheckTenantName("Acme\n"), 0},
		"a unit holds units":                     {model.CheckHolder(unit, model.Unit), 0},
		"but no customer":                        {model.CheckHolder(unit, model.Customer), model.CodeBusinessRule},
		"a personal tenant holds nothing":        {model.CheckHolder(personal, model.Unit), model.CodeBusinessRule},
		"nor does it come and go by itself":      {model.CheckOwnLife(personal), model.CodeBusinessRule},
		"as any other does":                      {model.CheckOwnLife(unit), 0},
		"the root cannot be disabled":            {model.CheckSuspend(root), model.CodeBusinessRule},
		"any other can, a personal tenant too":   {model.CheckSuspend(personal), 0},
		"a partner may stand below the root":     {model.CheckHolder(root, model.Partner), 0},
		"a root may stand nowhere, not even so":  {model.CheckHolder(root, model.Root), model.CodeBusinessRule},
		"a unit stands below customers and such": {model.CheckHolder(root, model.Unit), model.CodeBusinessRule},
	} {
		if got := codeOf(t, tt.err); got != tt.want {
			t.Errorf("%s: got code %d (%v), want %d", claim, got, tt.err, tt.want)
		}
	}
}

func TestANewTenantsContact(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	blank := ""
	want := model.Contact{ID: "c", CreatedAt: model.MomentOf(now), UpdatedAt: model.MomentOf(now), Types: []string{"legal"}, FirstName: &blank, LastName: &blank}
	if d := cmp.Diff(want, model.NewTenantContact("c", model.ContactLegal, nil, now)); d != "" {
		t.Errorf("of nothing (-want +got):\n%s", d)
	}
	patch := &model.ContactPatch{Types: &[]string{"billing", "legal", "billing"}, LastName: model.Some("Moreau"), Email: model.Ptr("a@b")}
	want.Types, want.LastName, want.Email = []string{"billing", "legal"}, model.Ptr("Moreau"), "a@b"
	if d := cmp.Diff(want, model.NewTenantContact("c", model.ContactLegal, patch, now)); d != "" {
		t.Errorf("of what was sent (-want +got):\n%s", d)
	}
	if got := *patch.Types; len(got) != 3 {
		t.Errorf("the patch was changed: %v", got)
	}
}
