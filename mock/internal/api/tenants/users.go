package tenants

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type usersIn struct {
	ID            model.TenantID `path:"tenant_id"`
	GrandChildren bool           `query:"include_grand_children"`
	Order         string         `query:"order"`
	Deleted       bool           `query:"allow_deleted"`
}

// users lists the ids of a tenant's users, those of nested units or folders too if asked for.
func users(ctx context.Context, v *state.View, in usersIn) (*wire.Items[string], error) {
	o, err := parseOrder(in.Order, byAsIs, byLogin, byStatus, byName, byRoles, byLevel, byUsage, byMFA, byContacts)
	if err != nil {
		return nil, err
	}
	caller := op.Caller(ctx)
	t, err := reached(v, caller, in.ID, in.Deleted)
	if err != nil || !v.Sees(caller, t.ID) {
		return wire.ItemsOf[string](nil), err
	}
	var ranks []rank
	for _, id := range in.homes(v, caller, t) {
		level := int64(v.Level(id))
		for _, u := range v.TenantUsers(id) {
			if in.Deleted || !u.Deleted() {
				ranks = append(ranks, userRank(v, o, u, level))
			}
		}
	}
	o.sort(ranks)
	ids := make([]string, len(ranks))
	for i := range ranks {
		ids[i] = ranks[i].ID
	}
	return wire.ItemsOf(ids), nil
}

// homes lists the tenants whose users are meant: the tenant itself and, with include_grand_children, all nested
// units of a customer, all nested folders of another kind (reference, listTenantUsers).
func (in *usersIn) homes(v *state.View, caller *model.Actor, t *model.Tenant) []model.TenantID {
	if !in.GrandChildren {
		return []model.TenantID{t.ID}
	}
	nested := model.Folder
	if t.Kind == model.Customer {
		nested = model.Unit
	}
	meant := func(c *model.Tenant) bool {
		return c.ID == t.ID || c.Kind == nested && !c.Personal() && (in.Deleted || !c.Deleted()) && opens(caller, c)
	}
	var homes []model.TenantID
	for c := range v.Below(t.ID, "", meant) {
		if meant(c) {
			homes = append(homes, c.ID)
		}
	}
	return homes
}

// userRank is the place of a user. What a user uses is what its personal tenant does.
func userRank(v *state.View, o order, u *model.User, level int64) rank {
	r := rank{ID: string(u.ID)}
	switch o.field {
	case byAsIs:
		r.Text = r.ID
	case byLogin:
		r.Text = u.LoginKey()
	case byName:
		r.Text = cmp.Or(strings.ToLower(u.Contact.Name()), u.LoginKey())
	case byStatus:
		if r.Number = statusRank(u.Enabled, u.Deleted()); r.Number == 0 && !u.Activated {
			r.Number = 1 // waits for its activation
		}
	case byRoles:
		r.Text = roles(v, u)
	case byLevel:
		r.Number = level
	case byUsage:
		r.Number = v.UsedBelow(u.PersonalTenantID, o.usage, o.storage)
	case byMFA:
		r.Text = v.UserMFA(u)
	case byContacts:
		r.Text = joined(u.Contact.Types)
	}
	return r
}

func roles(v *state.View, u *model.User) string {
	var names []string
	for _, p := range v.PoliciesOf(string(u.ID)) {
		names = append(names, p.Role)
	}
	return joined(names)
}

// joined is a set of words as one text to compare.
func joined(words []string) string {
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(words))), ",")
}
