package state

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// Infra finds a component whose owner is not deleted; a missing one is a refusal.
func (v *View) Infra(id model.InfraID) (*model.Infra, error) {
	i, ok := Infras.Get(v, id)
	if ok {
		_, err := v.LiveTenant(i.OwnerID)
		ok = err == nil
	}
	if !ok {
		return nil, model.Missing("infrastructure component", id)
	}
	return i, nil
}

// Location finds a location whose owner is not deleted; a missing one is a refusal.
func (v *View) Location(id model.LocationID) (*model.Location, error) {
	l, ok := Locations.Get(v, id)
	if ok {
		_, err := v.LiveTenant(l.OwnerID)
		ok = err == nil
	}
	if !ok {
		return nil, model.Missing("location", id)
	}
	return l, nil
}

// SeesOwned reports whether the caller sees what a tenant owns of the infrastructure: what lies within reach, and
// read-only what belongs to a tenant above (wire facts, idp 7.2).
func (v *View) SeesOwned(a *model.Actor, owner model.TenantID) (seen, readonly bool) {
	if v.SeesTenant(a, owner) {
		return true, false
	}
	above := slices.ContainsFunc(a.Roots, func(root model.TenantID) bool { return v.Under(root, owner) })
	return above, above
}

// CheckSeesOwned is SeesOwned as a refusal (403, platform code 1002).
func (v *View) CheckSeesOwned(a *model.Actor, owner model.TenantID) error {
	if seen, _ := v.SeesOwned(a, owner); seen {
		return nil
	}
	return v.Reach(a, owner)
}

// PlatformOwned reports whether the root owns something.
func (v *View) PlatformOwned(owner model.TenantID) bool {
	t, ok := Tenants.Get(v, owner)
	return ok && t.Kind == model.Root
}

// CheckInfra refuses a component whose name or URL another one of the owner has (1015).
func (v *View) CheckInfra(i *model.Infra) error {
	for other := range v.OwnedInfra(i.OwnerID) {
		switch {
		case other.ID == i.ID:
		case strings.EqualFold(other.Name, i.Name):
			return model.Refuse(model.Conflict, model.CodeInfraConflict, "infra_name",
				"Infrastructure component with name %q already exists in tenant %q", i.Name, i.OwnerID)
		case other.URL == i.URL:
			return model.Refuse(model.Conflict, model.CodeInfraConflict, "infra_url",
				"Infrastructure component %q of tenant %q has the URL %s already", other.Name, i.OwnerID, i.URL)
		}
	}
	return nil
}

// CheckLocation refuses a location whose name another one of the owner has (1031).
func (v *View) CheckLocation(l *model.Location) error {
	for other := range v.OwnedLocations(l.OwnerID) {
		if other.ID != l.ID && strings.EqualFold(other.Name, l.Name) {
			return model.Refuse(model.Conflict, model.CodeLocationConflict, "location_name",
				"Location with name %q already exists in tenant %q", l.Name, l.OwnerID)
		}
	}
	return nil
}

// CheckLocationEmpty refuses a location that still holds components (1031).
func (v *View) CheckLocationEmpty(l *model.Location) error {
	for i := range v.InfraIn(l.ID) {
		return model.Refuse(model.Conflict, model.CodeLocationConflict, "location_in_use",
			"Location %q still holds infrastructure component %q: move or delete it first", l.Name, i.Name)
	}
	return nil
}

// FirstLocation is the oldest location of the tenant, else of the platform: where a component goes that does not say
// (wire facts, idp 7.3).
func (v *View) FirstLocation(owner model.TenantID) (*model.Location, bool) {
	owners := []model.TenantID{owner}
	if root, ok := v.RootTenant(); ok {
		owners = append(owners, root.ID)
	}
	for _, id := range owners {
		if all := v.locationsByAge(id); len(all) > 0 {
			return all[0], true
		}
	}
	return nil, false
}

// LocationsFor lists the locations of a tenant, oldest first, then those that it inherits from the tenants above,
// the nearest first.
func (v *View) LocationsFor(id model.TenantID) []*model.Location {
	all := v.locationsByAge(id)
	for t := range v.Up(id) {
		all = append(all, v.locationsByAge(t.ID)...)
	}
	return all
}

func (v *View) locationsByAge(owner model.TenantID) []*model.Location {
	return slices.SortedFunc(v.OwnedLocations(owner), func(a, b *model.Location) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
}

// UpdateInfra writes a changed component under the next version and the present time.
func (tx *Tx) UpdateInfra(i *model.Infra) {
	i.Version++
	i.UpdatedAt = tx.now
	tx.PutInfra(i)
}

// UpdateLocation writes a changed location under the next version and the present time.
func (tx *Tx) UpdateLocation(l *model.Location) {
	l.Version++
	l.UpdatedAt = tx.now
	tx.PutLocation(l)
}

// RemoveLocation takes a location away.
func (tx *Tx) RemoveLocation(id model.LocationID) { Locations.remove(tx, id) }
