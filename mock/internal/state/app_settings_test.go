package state_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func TestInheritedSetting(t *testing.T) {
	t.Parallel()
	set := func(id model.TenantID, lock, exclusive bool) *model.AppSetting {
		return &model.AppSetting{TenantID: id, App: model.AppPlatform, Name: "colour", Lock: lock, Exclusive: exclusive}
	}
	for name, tt := range map[string]struct {
		name string
		rows []*model.AppSetting
		want model.TenantID // whose value reaches the unit; "" is none
	}{
		"nothing set, nothing inherited":               {},
		"a value does not inherit from itself":         {rows: []*model.AppSetting{set(unit, false, false)}},
		"the nearest ancestor counts":                  {rows: []*model.AppSetting{set(root, false, false), set(customer, false, false)}, want: customer},
		"unless it keeps its value to itself":          {rows: []*model.AppSetting{set(root, false, false), set(customer, false, true)}, want: root},
		"or one above it has locked another":           {rows: []*model.AppSetting{set(root, true, false), set(customer, false, false)}, want: root},
		"the highest lock counts":                      {rows: []*model.AppSetting{set(root, true, false), set(partner, true, false)}, want: root},
		"a lock on what is kept to itself is no lock":  {rows: []*model.AppSetting{set(root, true, true), set(partner, false, false)}, want: partner},
		"settings about billing are not inherited":     {name: "tier_level_value", rows: []*model.AppSetting{set(partner, false, false)}},
		"another application's setting is another one": {name: "shape", rows: []*model.AppSetting{set(partner, false, false)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := licensed(t)
			asked := "colour"
			if tt.name != "" {
				asked = tt.name
			}
			update(t, w, func(tx *state.Tx) error {
				for _, row := range tt.rows {
					if tt.name == "tier_level_value" {
						row.Name = tt.name
					}
					tx.PutAppSetting(row)
				}
				return nil
			})
			var got model.TenantID
			if s, ok := w.View(t.Context()).InheritedSetting(unit, model.AppPlatform, asked); ok {
				got = s.TenantID
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("whose setting reaches the unit (-want +got):\n%s", diff)
			}
		})
	}
}
