package editions

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type switchIn struct {
	ID   model.TenantID `path:"tenant_id"`
	Body switchBody
}

type switchBody struct {
	Target string      `json:"target_edition"`
	App    model.AppID `json:"application_id"`
}

// switchTo puts a tenant on another edition, and with it those below that were on the same items: they would lose
// them else. The answer lists the items of the new edition.
func switchTo(ctx context.Context, tx *state.Tx, in switchIn) (*wire.Stamped[*wire.OfferingItem], error) {
	t, err := tx.Changeable(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	s, err := plan(tx.View, t, in.Body.App, in.Body.Target)
	if err != nil {
		return nil, err
	}
	if err := s.run(tx, t); err != nil {
		return nil, err
	}
	var items []*wire.OfferingItem
	for _, o := range tx.OfferingsOf(t) {
		if it, known := o.Item(); known && o.On && o.App == s.app && it.Edition == s.target.Name {
			items = append(items, wire.OfferingItemOf(o))
		}
	}
	return wire.StampedOf(model.FormatZ(tx.Now()), items, ""), nil
}

// run turns the new items on everywhere before the old ones go: an old item goes with all below it at once.
func (s *switching) run(tx *state.Tx, t *model.Tenant) error {
	if err := s.carry(tx, t, tx.Millis(s.newest(tx.View, t))); err != nil {
		return err
	}
	for _, m := range s.moves {
		if err := tx.TurnOff(t, m.from); err != nil {
			return err
		}
	}
	for _, ref := range s.lost {
		if err := tx.TurnOff(t, ref); err != nil {
			return err
		}
	}
	for _, switched := range s.switched {
		if _, err := tx.CheckChoice(switched); err != nil {
			return err
		}
	}
	return nil
}

// newest is the newest version of the quotas that are carried over.
func (s *switching) newest(v *state.View, t *model.Tenant) (version int64) {
	for _, m := range s.moves {
		if o, ok := v.Offering(t, m.from); ok {
			version = max(version, o.Quota.Version)
		}
	}
	return version
}

// carry turns the new items on and gives them the quotas and the usages of the old ones, from the top down, as far
// as the old ones are on.
func (s *switching) carry(tx *state.Tx, t *model.Tenant, stamp int64) error {
	quotas := s.quotas(tx.View, t)
	if quotas == nil {
		return nil
	}
	s.switched = append(s.switched, t)
	for _, m := range s.moves {
		q, on := quotas[m.to]
		if !on {
			continue
		}
		if err := tx.TurnOn(t, m.to); err != nil {
			return err
		}
		if err := tx.SetQuota(t, m.to, model.NewQuota(q.Value, q.Overage, stamp)); err != nil {
			return err
		}
		tx.MoveUsage(t.ID, m.from, m.to)
	}
	for below := range tx.ChildTenants(t.ID) {
		if err := s.carry(tx, below, stamp); err != nil {
			return err
		}
	}
	return nil
}

// quotas are those of the new items that the tenant gets, nil where none of the old ones is on. Old items that
// become one add theirs up; a new item that is on keeps its own.
func (s *switching) quotas(v *state.View, t *model.Tenant) map[model.ItemRef]model.Quota {
	var quotas map[model.ItemRef]model.Quota
	for _, m := range s.moves {
		old, ok := v.Offering(t, m.from)
		if !ok || !old.On {
			continue
		}
		if quotas == nil {
			quotas = map[model.ItemRef]model.Quota{}
		}
		if now, on := v.Offering(t, m.to); on && now.On && !t.Personal() {
			quotas[m.to] = now.Quota
		} else if sum, twice := quotas[m.to]; twice {
			quotas[m.to] = sum.Plus(old.Quota)
		} else {
			quotas[m.to] = old.Quota
		}
	}
	return quotas
}
