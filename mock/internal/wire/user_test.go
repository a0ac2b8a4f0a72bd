package wire_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

var moment = time.Date(2019, 7, 25, 7, 11, 2, 807354000, time.UTC)

// viewWith is a world without rows, but for its switches.
func viewWith(t *testing.T, settings model.Settings) *state.View {
	t.Helper()
	clock := det.NewVirtual(func() time.Time { return moment })
	w, err := state.NewMemory(state.Config{ID: "w", Clock: clock, Source: det.NewSource(1, "w")}, func(tx *state.Tx) error {
		tx.SetSettings(settings)
		return nil
	})
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w.View(t.Context())
}

func members(t *testing.T, v any) map[string]any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode %T: %v", v, err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return m
}

func TestUserDates(t *testing.T) {
	t.Parallel()
	u := &model.User{CreatedAt: model.MomentOf(moment), UpdatedAt: model.MomentOf(moment), DeletedAt: model.MomentOf(moment)}
	for setting, want := range map[string]string{"micros": "2019-07-25T07:11:02.807354+00:00", "seconds": "2019-07-25T07:11:02Z"} {
		v := viewWith(t, model.Settings{"timestamps": setting})
		for _, form := range []any{wire.UserOf(v, u), wire.UserAt(v, u, wire.LODStamps, nil)} {
			m := members(t, form)
			got := map[string]any{"created_at": m["created_at"], "updated_at": m["updated_at"], "deleted_at": m["deleted_at"]}
			if diff := cmp.Diff(map[string]any{"created_at": want, "updated_at": want, "deleted_at": want}, got); diff != "" {
				t.Errorf("timestamps=%s, %T (-want +got):\n%s", setting, form, diff)
			}
		}
	}
}

// TestUnsetMembers holds wire facts, core 2.5: what is left out of a single user is null in a list.
func TestUnsetMembers(t *testing.T) {
	t.Parallel()
	v := viewWith(t, nil)
	u := &model.User{CreatedAt: model.MomentOf(moment), UpdatedAt: model.MomentOf(moment)}
	single, listed := members(t, wire.UserOf(v, u)), members(t, wire.UserAt(v, u, wire.LODFull, nil))
	for _, name := range []string{"origin_id", "origin_external_id", "disable_after"} {
		if value, there := single[name]; there {
			t.Errorf("single user, %s: got %v, want it left out", name, value)
		}
		if value, there := listed[name]; !there || value != nil {
			t.Errorf("listed user, %s: got %v (there: %v), want null", name, value, there)
		}
	}
	for _, name := range []string{"business_types", "notifications", "access_policies"} {
		if diff := cmp.Diff([]any{}, listed[name]); diff != "" {
			t.Errorf("listed user, %s (-want +got):\n%s", name, diff)
		}
	}
	for _, form := range []map[string]any{single, listed} {
		if value, there := form["personal_tenant_id"]; !there || value != nil {
			t.Errorf("personal_tenant_id: got %v (there: %v), want null", value, there)
		}
		if value, there := form["external_id"]; there {
			t.Errorf("external_id: got %v, want it left out", value)
		}
	}
}

func TestDeliveryNeedsAnAddress(t *testing.T) {
	t.Parallel()
	v := viewWith(t, nil)
	for email, want := range map[string]string{"": "none", "a@b": "email"} {
		u := &model.User{Contact: model.Contact{Email: email}}
		if got := members(t, wire.UserAt(v, u, wire.LODBasic, nil))["delivery_channel"]; got != want {
			t.Errorf("delivery_channel with the address %q: got %v, want %s", email, got, want)
		}
	}
}

func TestAccessPolicyForm(t *testing.T) {
	t.Parallel()
	p := &model.Policy{ID: "p", Version: 2, TrusteeID: "u", TrusteeType: "user", IssuerID: "i", TenantID: "t", Role: "unit_admin", CreatedAt: moment, UpdatedAt: moment}
	want := map[string]any{
		"id": "p", "version": 2.0, "trustee_id": "u", "trustee_type": "user", "issuer_id": "i", "tenant_id": "t",
		"role_id": "unit_admin", "created_at": "2019-07-25T07:11:02Z", "updated_at": "2019-07-25T07:11:02Z", "deleted_at": nil,
	}
	if diff := cmp.Diff(want, members(t, wire.AccessPoliciesOf([]*model.Policy{p})[0])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
