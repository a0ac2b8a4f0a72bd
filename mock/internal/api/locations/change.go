package locations

import (
	"context"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type createIn struct {
	Body createBody
}

type createBody struct {
	OwnerID model.TenantID `json:"owner_tenant_id"`
	Name    string         `json:"name"`
}

func create(ctx context.Context, tx *state.Tx, in createIn) (*location, error) {
	owner, err := tx.NamedTenant(in.Body.OwnerID)
	if err != nil {
		return nil, err
	}
	if err := tx.Reach(op.Caller(ctx), owner.ID); err != nil {
		return nil, err
	}
	if err := model.CheckKeeper(owner); err != nil {
		return nil, err
	}
	if err := tx.CheckActive(owner); err != nil {
		return nil, err
	}
	l := &model.Location{
		ID: model.LocationID(tx.UUID()), OwnerID: owner.ID, Name: strings.TrimSpace(in.Body.Name),
		CreatedAt: tx.Now(), UpdatedAt: tx.Now(),
	}
	if err := check(tx.View, l); err != nil {
		return nil, err
	}
	tx.PutLocation(l)
	return locationOf(tx.View, l, false), nil
}

type updateIn struct {
	ID   model.LocationID `path:"location_id"`
	Body updateBody
}

type updateBody struct {
	Name    string `json:"name"`
	Version int64  `json:"version"`
}

func update(ctx context.Context, tx *state.Tx, in updateIn) (*location, error) {
	l, err := owned(ctx, tx, in.ID, in.Body.Version)
	if err != nil {
		return nil, err
	}
	changed := *l
	changed.Name = strings.TrimSpace(in.Body.Name)
	if err := check(tx.View, &changed); err != nil {
		return nil, err
	}
	tx.UpdateLocation(&changed)
	return locationOf(tx.View, &changed, false), nil
}

type removeIn struct {
	ID      model.LocationID `path:"location_id"`
	Version int64            `query:"version"`
}

// remove takes a location away for good once it is empty.
func remove(ctx context.Context, tx *state.Tx, in removeIn) (op.None, error) {
	l, err := owned(ctx, tx, in.ID, in.Version)
	if err != nil {
		return op.None{}, err
	}
	if err := tx.CheckLocationEmpty(l); err != nil {
		return op.None{}, err
	}
	tx.RemoveLocation(l.ID)
	return op.None{}, nil
}

// owned finds a location whose owner is within the caller's reach, at the version that the caller knows. One that is
// inherited is refused.
func owned(ctx context.Context, tx *state.Tx, id model.LocationID, version int64) (*model.Location, error) {
	l, err := tx.Location(id)
	if err != nil {
		return nil, err
	}
	if err := tx.Reach(op.Caller(ctx), l.OwnerID); err != nil {
		return nil, err
	}
	return l, model.CheckVersion("location "+string(id), version, l.Version)
}

func check(v *state.View, l *model.Location) error {
	if l.Name == "" {
		return model.BadMember("/name", "must not be blank")
	}
	return v.CheckLocation(l)
}
