package offerings

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A change is an item of a call, known to exist.
type change struct {
	ref    model.ItemRef
	status *int
	quota  *quotaIn
}

func (c *change) off() bool { return c.status != nil && *c.status == 0 }

// resolve finds what the items name and refuses, with its place, what does not exist, what lacks a component, what
// is named twice, and a limit on what cannot be counted.
func resolve(v *state.View, items []itemIn) ([]change, error) {
	changes := make([]change, len(items))
	seen := map[model.ItemRef]int{}
	for i := range items {
		ref, err := items[i].ref(v, i)
		if err != nil {
			return nil, err
		}
		if first, twice := seen[ref]; twice {
			return nil, model.BadMember(pointer(i, ""), "names the same offering item as %s", pointer(first, ""))
		}
		seen[ref] = i
		changes[i] = change{ref: ref, status: items[i].Status, quota: items[i].Quota}
	}
	return changes, nil
}

// ref is the identity of an item: application and name, and the component of one of type infra.
func (in *itemIn) ref(v *state.View, i int) (model.ItemRef, error) {
	ref := model.ItemRef{App: in.App, Name: in.Name}
	if _, err := model.FindApplication(in.App); err != nil {
		return ref, model.BadMember(pointer(i, "/application_id"), "names no application: %q", in.App)
	}
	it, ok := ref.Item()
	if !ok {
		return ref, model.BadMember(pointer(i, "/name"), "names no offering item of the application: %q", in.Name)
	}
	if it.Type == model.ItemFeature && in.Quota != nil && in.Quota.Value != nil {
		return ref, model.BadMember(pointer(i, "/quota"), "limits an item of type feature, which is not counted")
	}
	if it.Type != model.ItemInfra {
		return ref, nil
	}
	if in.Infra == "" {
		return ref, model.BadMember(pointer(i, "/infra_id"), "is required for an item of type infra")
	}
	if _, ok := state.Infras.Get(v, in.Infra); !ok {
		return ref, model.BadMember(pointer(i, "/infra_id"), "names no infrastructure component: %q", in.Infra)
	}
	ref.Infra = in.Infra
	return ref, nil
}

// checkVersions refuses a quota that was made for another version than the stored one. It returns the newest of the
// stored versions.
func checkVersions(v *state.View, t *model.Tenant, changes []change) (newest int64, err error) {
	for i, c := range changes {
		if c.quota == nil || c.off() {
			continue
		}
		var stored model.Quota
		if o, ok := v.Offering(t, c.ref); ok {
			stored = o.Quota
		}
		if err := model.CheckVersion("the quota of offering item "+c.ref.String(), c.quota.Version, stored.Version); err != nil {
			return 0, at(i, err)
		}
		newest = max(newest, stored.Version)
	}
	return newest, nil
}
