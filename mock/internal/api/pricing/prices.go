package pricing

import (
	"context"
	"fmt"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// price is the wire form of the price of an item (wire facts, core 6.11).
type price struct {
	AppID   model.AppID        `json:"application_id"`
	Name    model.OfferingName `json:"name"`
	InfraID model.InfraID      `json:"infra_id,omitempty"`
	Price   string             `json:"price"`
	Version int64              `json:"version"`
}

// list gives the prices in the order of the applications and items.
func list(ctx context.Context, v *state.View, in getIn) (*wire.Items[price], error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return pricesOf(v, t.ID), nil
}

func pricesOf(v *state.View, id model.TenantID) *wire.Items[price] {
	var items []price
	for p := range v.PricesOf(id) {
		items = append(items, price{AppID: p.App, Name: p.Name, InfraID: p.Infra, Price: p.Price, Version: p.Version})
	}
	return wire.ItemsOf(items)
}

type putIn struct {
	ID   model.TenantID `path:"tenant_id"`
	Body putBody
}

type putBody struct {
	Items []priceIn `json:"items"`
}

type priceIn struct {
	App     model.AppID        `json:"application_id"`
	Name    model.OfferingName `json:"name"`
	Infra   model.InfraID      `json:"infra_id"`
	Price   string             `json:"price"`
	Version *int64             `json:"version"`
}

func (in *priceIn) ref() model.ItemRef {
	return model.ItemRef{App: in.App, Name: in.Name, Infra: in.Infra}
}

// put sets the prices that were sent and keeps the others; a price of nothing takes one away. All that changes in a
// call gets the same version. The answer lists all prices.
func put(ctx context.Context, tx *state.Tx, in putIn) (*wire.Items[price], error) {
	t, err := tx.Changeable(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	var newest int64
	for i := range in.Body.Items {
		p := &in.Body.Items[i]
		if err := p.check(tx.View, i); err != nil {
			return nil, err
		}
		stored, err := p.checkVersion(tx.View, t.ID)
		if err != nil {
			return nil, err
		}
		newest = max(newest, stored)
	}
	stamp := tx.Millis(newest)
	for i := range in.Body.Items {
		in.Body.Items[i].store(tx, t.ID, stamp)
	}
	return pricesOf(tx.View, t.ID), nil
}

// check refuses, with its place, what does not exist and what is no price. Prices are set for items by their names
// and for usages by theirs.
func (in *priceIn) check(v *state.View, i int) error {
	place := fmt.Sprintf("/items/%d", i)
	if _, err := model.FindApplication(in.App); err != nil {
		return model.BadMember(place+"/application_id", "names no application: %q", in.App)
	}
	if !model.ReportsUsage(in.App, in.Name) {
		return model.BadMember(place+"/name", "names no offering item or usage of the application: %q", in.Name)
	}
	if _, ok := state.Infras.Get(v, in.Infra); !ok && in.Infra != "" {
		return model.BadMember(place+"/infra_id", "names no infrastructure component: %q", in.Infra)
	}
	if _, ok := model.ParsePrice(in.Price); !ok {
		return model.BadMember(place+"/price", "is not a decimal number such as 0.05: %q", in.Price)
	}
	return nil
}

// checkVersion compares the version, where one was sent and there is a price, and returns the stored one. With the
// first price of an item any version may come: there is nothing that it could be of.
func (in *priceIn) checkVersion(v *state.View, id model.TenantID) (int64, error) {
	stored, ok := state.Prices.Get(v, model.KeyOf(id, in.ref()))
	if !ok {
		return 0, nil
	}
	if in.Version == nil {
		return stored.Version, nil
	}
	return stored.Version, model.CheckVersion("the price of offering item "+in.ref().String(), *in.Version, stored.Version)
}

func (in *priceIn) store(tx *state.Tx, id model.TenantID, stamp int64) {
	if nothing, _ := model.ParsePrice(in.Price); nothing {
		tx.RemovePrice(id, in.ref())
		return
	}
	if old, ok := state.Prices.Get(tx, model.KeyOf(id, in.ref())); ok && old.Price == in.Price {
		return
	}
	tx.PutPrice(&model.Price{TenantID: id, ItemRef: in.ref(), Price: in.Price, Version: stamp})
}
