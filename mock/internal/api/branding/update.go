package branding

import (
	"context"
	"encoding/json"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type updateIn struct {
	TenantID model.TenantID  `path:"tenant_id"`
	Version  int64           `query:"version"`
	Body     json.RawMessage // as it came, to be laid over what is stored
}

// update changes what is sent and keeps the rest. A logotype of null takes the logo away.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*wire.Tenant, error) {
	t, b, err := branded(ctx, tx.View, in.TenantID, in.Version)
	if err != nil {
		return nil, err
	}
	m, err := membersOf(b)
	if err != nil {
		return nil, err
	}
	if err := m.merge(in.Body); err != nil {
		return nil, err
	}
	image := b.Logo
	if m.Logotype == nil {
		image = nil
	}
	return put(tx, t, b, &m, image)
}

// put writes the brand with its new members and logo.
func put(tx *state.Tx, t *model.Tenant, b *model.Brand, m *members, image []byte) (*wire.Tenant, error) {
	changed := *b
	changed.Logo, changed.UpdatedAt = image, tx.Now()
	var err error
	if changed.Members, err = m.stored(); err != nil {
		return nil, err
	}
	tx.PutBrand(&changed)
	return touched(tx, t), nil
}
