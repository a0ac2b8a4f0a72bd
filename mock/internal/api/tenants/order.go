package tenants

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// Fields by which lists of ids are ordered (reference, listTenantChildren and listTenantUsers).
const (
	byAsIs     = "as_is"
	byName     = "name"
	byStatus   = "status"
	byUsage    = "usage"
	byLogin    = "login"
	byRoles    = "roles"
	byLevel    = "level"
	byMFA      = "mfa_status"
	byContacts = "contact_types"
)

// An order is a parsed order parameter: a field, reversed or not. Equal ones follow by id.
type order struct {
	field   string
	usage   string        // the name, of usage
	storage model.InfraID // the component, of usage; "" is all
	reverse bool
}

// parseOrder reads an order by one of the fields, "-" before it for the reverse. Usage is followed by a name, which
// may be followed by the id of a storage: usage.storage.c05d399b-….
func parseOrder(text string, fields ...string) (order, error) {
	field, reverse := strings.CutPrefix(text, "-")
	field, rest, dotted := strings.Cut(field, ".")
	o := order{field: field, reverse: reverse}
	if !slices.Contains(fields, field) || dotted != (field == byUsage) || dotted && !o.readUsage(rest) {
		return order{}, model.Errorf(model.Invalid, "invalid_order",
			"query parameter \"order\": %q is not one of %s, with or without \"-\" before it; usage is followed by its name, as in usage.vms",
			text, strings.Join(fields, ", "))
	}
	return o, nil
}

func (o *order) readUsage(text string) bool {
	name, storage, found := strings.Cut(text, ".")
	o.usage, o.storage = name, model.InfraID(storage)
	return name != "" && (!found || model.IsUUID(storage))
}

// A rank is the place of an object in an order.
type rank struct {
	Number int64  `json:"n,omitempty"`
	Text   string `json:"t,omitempty"`
	ID     string `json:"id"`
}

func (o order) compare(a, b rank) int {
	c := cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Text, b.Text))
	if o.reverse {
		c = -c
	}
	return cmp.Or(c, cmp.Compare(a.ID, b.ID))
}

func (o order) sort(ranks []rank) { slices.SortFunc(ranks, o.compare) }

// statusRank orders what is in service before what is disabled, and that before what is deleted.
func statusRank(enabled, deleted bool) int64 {
	switch {
	case deleted:
		return 3
	case !enabled:
		return 2
	}
	return 0
}
