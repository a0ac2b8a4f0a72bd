package pricing

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on pricing.
var Ops = []op.Op{
	op.Read("getPricing", get),
	op.Write("updatePricing", update),
	op.Read("listOfferingItemPrices", list),
	op.Write("updateOfferingItemPrices", put),
}

type getIn struct {
	ID model.TenantID `path:"tenant_id"`
}

// settings is the wire form of a tenant's pricing; all members are always there (wire facts, core 6.12).
type settings struct {
	Mode      string  `json:"mode"`
	Currency  *string `json:"currency"`
	Version   int64   `json:"version"`
	StartDate *string `json:"production_start_date"`
}

func settingsOf(p *model.Pricing) *settings {
	return &settings{Mode: p.Mode, Currency: p.Currency, Version: p.Version, StartDate: wire.OrNull(p.StartDate.Time())}
}

func get(ctx context.Context, v *state.View, in getIn) (*settings, error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return settingsOf(&t.Pricing), nil
}

type updateIn struct {
	ID   model.TenantID `path:"tenant_id"`
	Body updateBody
}

// updateBody has no production_start_date: clients send it back with the rest of what they read, but the date is
// that of the switch (wire facts, core 1 no. 8).
type updateBody struct {
	Version  int64             `json:"version"`
	Mode     *string           `json:"mode"`
	Currency model.Opt[string] `json:"currency"`
}

// update changes mode and currency. The tenant shows the mode at once; its own version does not rise, as pricing has
// one of its own.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*settings, error) {
	t, err := tx.Changeable(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	if err := model.CheckVersion("the pricing", in.Body.Version, t.Pricing.Version); err != nil {
		return nil, err
	}
	changed := *t
	if in.Body.Mode != nil {
		if changed.Pricing, err = t.Pricing.Switch(*in.Body.Mode, tx.Now()); err != nil {
			return nil, err
		}
	}
	in.Body.Currency.Over(&changed.Pricing.Currency)
	changed.Pricing.Version = tx.Millis(t.Pricing.Version)
	tx.PutTenant(&changed)
	return settingsOf(&changed.Pricing), nil
}
