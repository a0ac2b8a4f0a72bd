package infra

import (
	"context"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type updateIn struct {
	ID   model.InfraID `path:"infra_id"`
	Body updateBody
}

type updateBody struct {
	Version          int64             `json:"version"`
	LocationID       *model.LocationID `json:"location_id"`
	Name             *string           `json:"name"`
	URL              *string           `json:"url"`
	Capabilities     *[]string         `json:"capabilities"`
	ContentURL       *string           `json:"content_url"`
	ContentMobileURL *string           `json:"content_mobile_url"`
	BackendType      model.Opt[string] `json:"backend_type"`
}

// update changes what was sent; a changed location moves the component. A capability goes only when no tenant uses
// the items that need it.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*component, error) {
	i, err := owned(ctx, tx, in.ID, in.Body.Version)
	if err != nil {
		return nil, err
	}
	changed := *i
	in.Body.over(&changed)
	if err := in.Body.checkBackend(op.Caller(ctx), i, &changed); err != nil {
		return nil, err
	}
	if changed.LocationID != i.LocationID {
		if changed.LocationID, err = placeFor(tx.View, i.OwnerID, changed.LocationID); err != nil {
			return nil, err
		}
	}
	if err := check(tx.View, &changed); err != nil {
		return nil, err
	}
	if err := withdraw(tx, i, &changed); err != nil {
		return nil, err
	}
	tx.UpdateInfra(&changed)
	return componentOf(tx.View, &changed, false), nil
}

// withdraw takes away the items of the capabilities that the component loses.
func withdraw(tx *state.Tx, before, after *model.Infra) error {
	lost := slices.DeleteFunc(slices.Clone(before.Capabilities), func(c string) bool { return slices.Contains(after.Capabilities, c) })
	if len(lost) == 0 {
		return nil
	}
	if err := tx.CheckUnused(before, lost, false); err != nil {
		return err
	}
	tx.Withdraw(before.ID, lost)
	return nil
}

// over writes the members that were sent.
func (b *updateBody) over(i *model.Infra) {
	set(&i.LocationID, b.LocationID)
	set(&i.Name, b.Name)
	i.Name = strings.TrimSpace(i.Name)
	if b.URL != nil {
		i.URL = model.StripCredentials(*b.URL)
	}
	if b.Capabilities != nil {
		i.Capabilities = model.Unique(*b.Capabilities)
	}
	set(&i.ContentURL, b.ContentURL)
	set(&i.ContentMobileURL, b.ContentMobileURL)
	if b.BackendType.Set {
		i.BackendType = b.BackendType.Or("")
	}
}

func set[T any](dst *T, src *T) {
	if src != nil {
		*dst = *src
	}
}

// checkBackend leaves the kind of the backend to the platform's administrators once the component is registered
// (wire facts, idp 7.3). Sending back what it is changes nothing.
func (b *updateBody) checkBackend(caller *model.Actor, before, after *model.Infra) error {
	if before.BackendType == after.BackendType || slices.Contains(caller.Roles(), "root_admin") {
		return nil
	}
	return model.Refuse(model.Forbidden, model.CodeAccessDenied, "backend_type",
		"Access denied: only a root administrator can change the backend type of a registered component")
}
