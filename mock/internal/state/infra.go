package state

import (
	"iter"

	"github.com/tenantry/tenantry/mock/model"
)

// OwnedInfra walks the components of a tenant, in the order of their ids.
func (v *View) OwnedInfra(owner model.TenantID) iter.Seq[*model.Infra] {
	pivot := &model.Infra{OwnerID: owner}
	return InfrasByOwner.While(v, pivot, func(i *model.Infra) bool { return i.OwnerID == owner })
}

// InfraIn walks the components of a location, in the order of their ids.
func (v *View) InfraIn(id model.LocationID) iter.Seq[*model.Infra] {
	pivot := &model.Infra{LocationID: id}
	return InfrasByLocation.While(v, pivot, func(i *model.Infra) bool { return i.LocationID == id })
}

// OwnedLocations walks the locations of a tenant, in the order of their ids.
func (v *View) OwnedLocations(owner model.TenantID) iter.Seq[*model.Location] {
	pivot := &model.Location{OwnerID: owner}
	return LocationsByOwner.While(v, pivot, func(l *model.Location) bool { return l.OwnerID == owner })
}

// PutInfra writes a component as it is.
func (tx *Tx) PutInfra(i *model.Infra) { Infras.put(tx, i) }

// PutLocation writes a location as it is.
func (tx *Tx) PutLocation(l *model.Location) { Locations.put(tx, l) }
