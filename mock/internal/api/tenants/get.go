package tenants

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type getIn struct {
	ID        model.TenantID `path:"tenant_id"`
	EmbedPath bool           `query:"embed_path"`
	Deleted   bool           `query:"allow_deleted"`
}

func get(ctx context.Context, v *state.View, in getIn) (*wire.Tenant, error) {
	t, err := reached(v, op.Caller(ctx), in.ID, in.Deleted)
	if err != nil {
		return nil, err
	}
	out := wire.TenantOf(v, t)
	if in.EmbedPath {
		out.Path = v.Path(t.ID)
	}
	return out, nil
}
