package infra

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
	OwnerID          model.TenantID    `json:"owner_tenant_id"`
	LocationID       model.LocationID  `json:"location_id"`
	Name             string            `json:"name"`
	URL              string            `json:"url"`
	Capabilities     []string          `json:"capabilities"`
	ContentURL       string            `json:"content_url"`
	ContentMobileURL string            `json:"content_mobile_url"`
	BackendType      model.Opt[string] `json:"backend_type"`
}

// create registers a component of a tenant within reach. Without a location it goes to the first one of the owner,
// else of the platform (wire facts, idp 7.3).
func create(ctx context.Context, tx *state.Tx, in createIn) (*component, error) {
	b := &in.Body
	if err := b.checkOwner(tx.View, op.Caller(ctx)); err != nil {
		return nil, err
	}
	i := &model.Infra{
		ID: model.InfraID(tx.UUID()), Version: 1, OwnerID: b.OwnerID, Name: strings.TrimSpace(b.Name),
		URL: model.StripCredentials(b.URL), Capabilities: model.Unique(b.Capabilities), BackendType: b.BackendType.Or(""),
		ContentURL: b.ContentURL, ContentMobileURL: b.ContentMobileURL, CreatedAt: tx.Now(), UpdatedAt: tx.Now(),
	}
	var err error
	if i.LocationID, err = placeFor(tx.View, i.OwnerID, b.LocationID); err != nil {
		return nil, err
	}
	if err := check(tx.View, i); err != nil {
		return nil, err
	}
	tx.PutInfra(i)
	return componentOf(tx.View, i, false), nil
}

func (b *createBody) checkOwner(v *state.View, caller *model.Actor) error {
	owner, err := v.NamedTenant(b.OwnerID)
	if err != nil {
		return err
	}
	if err := v.Reach(caller, owner.ID); err != nil {
		return err
	}
	if err := model.CheckKeeper(owner); err != nil {
		return err
	}
	return v.CheckActive(owner)
}

// placeFor is the location that a component of the owner goes to: the one that is asked for, which the owner has
// itself or inherits, or the first one.
func placeFor(v *state.View, owner model.TenantID, asked model.LocationID) (model.LocationID, error) {
	if asked == "" {
		first, ok := v.FirstLocation(owner)
		if !ok {
			return "", model.BadMember("/location_id", "is required: neither the tenant nor the platform has a location")
		}
		return first.ID, nil
	}
	l, err := v.Location(asked)
	if err != nil {
		return "", model.BadMember("/location_id", "names no location: %q", asked)
	}
	if !v.Under(owner, l.OwnerID) {
		return "", model.Refuse(model.Forbidden, model.CodeAccessDenied, "location_foreign",
			"Access denied: location %q belongs to another tenant", asked)
	}
	return l.ID, nil
}

// check refuses a component that cannot be told from others.
func check(v *state.View, i *model.Infra) error {
	if i.Name == "" {
		return model.BadMember("/name", "must not be blank")
	}
	return v.CheckInfra(i)
}
