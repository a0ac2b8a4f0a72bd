package offerings

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type updateIn struct {
	ID   model.TenantID `path:"tenant_id"`
	Body updateBody
}

type updateBody struct {
	Items      []itemIn `json:"offering_items"`
	CheckUsage bool     `json:"check_usage"`
}

// itemIn is an item to be changed. Clients send back whole items that they fetched; what describes an item is read
// over (wire facts, core 1 no. 8).
type itemIn struct {
	App    model.AppID        `json:"application_id"`
	Name   model.OfferingName `json:"name"`
	Infra  model.InfraID      `json:"infra_id"`
	Status *int               `json:"status"`
	Quota  *quotaIn           `json:"quota"`
}

type quotaIn struct {
	Value   *int64 `json:"value"`
	Overage *int64 `json:"overage"`
	Version int64  `json:"version"`
}

// update changes all the items or, when one is refused, none. The order within the call does not matter: a customer
// can leave an edition and enter another one at once. The answer lists the items that were named.
func update(ctx context.Context, tx *state.Tx, in updateIn) (answer, error) {
	t, err := tx.Changeable(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	changes, err := resolve(tx.View, in.Body.Items)
	if err != nil {
		return nil, err
	}
	newest, err := checkVersions(tx.View, t, changes)
	if err != nil {
		return nil, err
	}
	stamp := tx.Millis(newest) // all quotas that change share it
	for i := range changes {
		if err := changes[i].apply(tx, t, stamp, in.Body.CheckUsage); err != nil {
			return nil, at(i, err)
		}
	}
	if err := checkChoice(tx.View, t, changes); err != nil {
		return nil, err
	}
	return answerOf(tx.View, named(tx.View, t, changes)), nil
}

// apply turns the item on or off, where that is asked for, and sets its quota. An item that is turned off loses its
// quota, so one that was sent with it does not count.
func (c *change) apply(tx *state.Tx, t *model.Tenant, stamp int64, checkUsage bool) error {
	if c.off() {
		if checkUsage && tx.Has(t, c.ref) && tx.HasUsage(t.ID, c.ref) {
			return model.ItemInUse(c.ref)
		}
		return tx.TurnOff(t, c.ref)
	}
	if c.status != nil {
		if err := tx.TurnOn(t, c.ref); err != nil {
			return err
		}
	}
	if c.quota == nil {
		return nil
	}
	return tx.SetQuota(t, c.ref, model.NewQuota(c.quota.Value, c.quota.Overage, stamp))
}

// checkChoice refuses what a customer cannot have at once, at the last item of the call that is part of it.
func checkChoice(v *state.View, t *model.Tenant, changes []change) error {
	clash, err := v.CheckChoice(t)
	if err == nil {
		return nil
	}
	for i, c := range slices.Backward(changes) {
		if slices.Contains(clash, c.ref) {
			return at(i, err)
		}
	}
	return err
}

// named lists the items that the call named, as they are now.
func named(v *state.View, t *model.Tenant, changes []change) []*model.Offering {
	items := make([]*model.Offering, len(changes))
	for i, c := range changes {
		o, ok := v.Offering(t, c.ref)
		if !ok || o.Deleted() {
			o = &model.Offering{TenantID: t.ID, ItemRef: c.ref}
		}
		items[i] = o
	}
	return items
}

// at says which item of the call a refusal is about.
func at(i int, err error) error {
	refusal := &model.Error{}
	if !errors.As(err, &refusal) {
		return err
	}
	located := *refusal
	located.Addition = append(slices.Clone(refusal.Addition), map[string]any{
		"in": "body", "pointer": pointer(i, ""), "reason": refusal.Message,
	})
	return &located
}

func pointer(i int, member string) string { return fmt.Sprintf("/offering_items/%d%s", i, member) }
