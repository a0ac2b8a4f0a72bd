package state

import (
	"iter"

	"github.com/tenantry/tenantry/mock/model"
)

// PricesOf walks the prices of the tenant, in the order of the items.
func (v *View) PricesOf(id model.TenantID) iter.Seq[*model.Price] { return itemRows(v, Prices, id, "") }

// PutPrice writes a price.
func (tx *Tx) PutPrice(p *model.Price) { Prices.put(tx, p) }

// RemovePrice takes a price away; it says whether there was one.
func (tx *Tx) RemovePrice(id model.TenantID, ref model.ItemRef) bool {
	return Prices.remove(tx, model.KeyOf(id, ref))
}
