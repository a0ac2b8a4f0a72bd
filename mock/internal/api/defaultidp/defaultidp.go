package defaultidp

import (
	"context"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops is the operation on a tenant's default identity provider.
var Ops = []op.Op{
	op.Write("updateDefaultIdP", update),
}

type updateIn struct {
	TenantID model.TenantID `path:"tenant_id"`
	Body     updateBody
}

type updateBody struct {
	Version         int64  `json:"version"`
	IdP             string `json:"idp_id"`
	ApplyToChildren bool   `json:"apply_to_children"`
}

// update answers with the tenant's next version; the children that are written too get theirs.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*wire.Tenant, error) {
	t, err := tx.LiveTenant(in.TenantID)
	if err != nil {
		return nil, err
	}
	caller := op.Caller(ctx)
	if err := tx.Reach(caller, t.ID); err != nil {
		return nil, err
	}
	written := []*model.Tenant{t}
	if in.Body.ApplyToChildren {
		written = append(written, children(tx.View, t.ID)...)
	}
	for _, w := range written {
		if err := tx.Unlocked(caller, w); err != nil {
			return nil, err
		}
	}
	if err := model.CheckVersion("tenant", in.Body.Version, t.Version); err != nil {
		return nil, err
	}
	for _, w := range written {
		changed := *w
		changed.DefaultIdP = in.Body.IdP
		tx.UpdateTenant(&changed)
	}
	t, err = tx.LiveTenant(t.ID)
	return wire.TenantOf(tx.View, t), err
}

// children are those that GET /tenants/{tenant_id}/children lists: the reference tells children from grandchildren,
// and personal tenants are not among them.
func children(v *state.View, id model.TenantID) []*model.Tenant {
	all := slices.Collect(v.ChildTenants(id))
	return slices.DeleteFunc(all, func(t *model.Tenant) bool { return t.Deleted() || t.Personal() })
}
