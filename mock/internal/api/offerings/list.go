package offerings

import (
	"context"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type listIn struct {
	ID            model.TenantID `path:"tenant_id"`
	ForUI         bool           `query:"for_ui"`
	Edition       string         `query:"edition"`
	UsageNames    op.List        `query:"usage_names"`
	AvailableOnly bool           `query:"available_only"`
	Type          string         `query:"type"`
	Status        *int           `query:"status"`
	InfraID       model.InfraID  `query:"infra_uuid"`
}

// list shows what the tenant has, on and off. Of the editions it shows the standard one unless another is asked
// for; items without an edition always pass.
func list(ctx context.Context, v *state.View, in listIn) (answer, error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	items := slices.DeleteFunc(v.OfferingsOf(t), func(o *model.Offering) bool {
		return o.Deleted() || !in.wants(o) || in.hides(v, t, o)
	})
	return answerOf(v, items), nil
}

// wants compares the item with the filters.
func (in *listIn) wants(o *model.Offering) bool {
	it, known := o.Item()
	return known && it.InEdition([]string{in.Edition}) &&
		(len(in.UsageNames) == 0 || slices.Contains(in.UsageNames, it.UsageName)) &&
		(in.Type == "" || in.Type == it.Type) &&
		(in.Status == nil || (*in.Status == 1) == o.On) &&
		(in.InfraID == "" || in.InfraID == o.Infra)
}

// hides tells items that are there but not to be shown: on a grace period in a user interface, or not to be turned
// on where only those are asked for that can be.
func (in *listIn) hides(v *state.View, t *model.Tenant, o *model.Offering) bool {
	return in.ForUI && v.Idle(o) || in.AvailableOnly && !v.CanTurnOn(t, o.ItemRef)
}

type availableIn struct {
	ID      model.TenantID   `path:"tenant_id"`
	Kind    model.TenantKind `query:"kind"`
	Edition string           `query:"edition"`
}

// available proposes what a child of the kind can have, ready to be sent to it: all on, without quotas. A kind that
// cannot be a child of the tenant is offered nothing.
func available(ctx context.Context, v *state.View, in availableIn) (answer, error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	if t.Personal() || in.Kind != "" && model.CheckParentKind(t.Kind, in.Kind) != nil {
		return answerOf(v, nil), nil
	}
	var items []*model.Offering
	for _, o := range v.OfferingsOf(t) {
		it, known := o.Item()
		if known && o.On && it.InEdition([]string{in.Edition}) && (in.Kind == "" || it.Suits(in.Kind)) {
			items = append(items, &model.Offering{TenantID: t.ID, ItemRef: o.ItemRef, On: true})
		}
	}
	return answerOf(v, items), nil
}
