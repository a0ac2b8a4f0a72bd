package state_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func TestGrantsStayBelowTheOwnRank(t *testing.T) {
	t.Parallel()
	v := inMemory(t, frozen()).View(background())
	actor := func(role string, on model.TenantID) *model.Actor {
		return &model.Actor{Grants: []model.Grant{{Tenant: on, Role: role}}}
	}
	for name, tt := range map[string]struct {
		caller *model.Actor
		role   string
		on     model.TenantID
		ok     bool
	}{
		"the own role":                          {actor("company_admin", customer), "company_admin", customer, true},
		"a lower one below":                     {actor("company_admin", customer), "unit_admin", unit, true},
		"a service role":                        {actor("unit_admin", unit), "backup_user", unit, true},
		"a higher one":                          {actor("company_admin", customer), "partner_admin", customer, false},
		"the own role above":                    {actor("unit_admin", unit), "unit_admin", customer, false},
		"what is held elsewhere":                {actor("partner_admin", sibling), "company_admin", customer, false},
		"an accounts administrator has no rank": {actor("accounts_admin", partner), "company_admin", customer, false},
		"but grants what has none":              {actor("accounts_admin", partner), "accounts_admin", customer, true},
	} {
		t.Run(name, func(t *testing.T) {
			if err := v.CheckGrant(tt.caller, tt.role, tt.on); (err == nil) != tt.ok {
				t.Errorf("CheckGrant(%s on %s): got %v, want allowed %v", tt.role, tt.on, err, tt.ok)
			}
		})
	}
}

func TestRolesOnATenant(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	policy := func(id, trustee, role string, on model.TenantID) *model.Policy {
		return &model.Policy{ID: model.PolicyID(id), TrusteeID: trustee, Role: role, TenantID: on, CreatedAt: start}
	}
	update(t, w, func(tx *state.Tx) error {
		tx.PutPolicy(policy("1", string(alice), "company_admin", customer))
		tx.PutPolicy(policy("2", string(alice), "partner_admin", sibling))
		tx.PutPolicy(policy("3", string(alice), "readonly_admin", partner))
		tx.PutGroup(&model.Group{ID: "g", TenantID: partner, Members: []model.UserID{alice}})
		tx.PutPolicy(policy("4", "g", "protection_admin", customer))
		return nil
	})
	v := w.View(background())
	u, err := v.User(alice)
	if err != nil {
		t.Fatal(err)
	}
	got := v.RolesOn(&model.Actor{User: u, Grants: v.UserGrants(u)}, unit)
	slices.Sort(got)
	if diff := cmp.Diff([]string{"company_admin", "protection_admin", "readonly_admin"}, got); diff != "" {
		t.Errorf("a user's roles on the unit (-want +got):\n%s", diff)
	}
	c := &model.Client{TenantID: partner, Roles: []string{"partner_admin"}, Scopes: []string{"accounts::usage_reporter"}}
	got = v.RolesOn(&model.Actor{Client: c, Grants: v.ClientGrants(c)}, unit)
	if diff := cmp.Diff([]string{"partner_admin"}, got); diff != "" {
		t.Errorf("a client's roles (-want +got):\n%s", diff)
	}
}
