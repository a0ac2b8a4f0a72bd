package offerings

import (
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on offering items.
var Ops = []op.Op{
	op.Read("listOfferingItems", list,
		op.Ignores("include_secondary", "nothing published says which items are secondary, so none is ever hidden")),
	op.Write("updateOfferingItems", update),
	op.Read("listAvailableOfferingItems", available),
	op.Read("listTenantsOfferingItems", batch),
}

// answer is the list of items that all these operations give.
type answer = *wire.Stamped[*wire.OfferingItem]

// answerOf stamps items with the present time.
func answerOf(v *state.View, items []*model.Offering) answer {
	return wire.StampedOf(model.FormatZ(v.Now()), wire.OfferingItemsOf(items), "")
}
