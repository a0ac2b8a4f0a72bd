package registration

import (
	"strconv"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// token is the wire form; the vendor's schema is closed. tenant_id is the tenant's integer id in digits
// (wire facts, idp 7.4).
type token struct {
	ID         int64          `json:"id"`
	Token      string         `json:"token"`
	CreatedAt  string         `json:"created_at"`
	ExpiresAt  string         `json:"expires_at"`
	TenantID   string         `json:"tenant_id"`
	TenantUUID model.TenantID `json:"tenant_uuid"`
	Scopes     []string       `json:"scopes"`
}

func tokenOf(t *model.Tenant, r *model.RegistrationToken) *token {
	return &token{
		ID: r.ID, Token: r.Code, CreatedAt: model.FormatZ(r.CreatedAt), ExpiresAt: model.FormatZ(r.ExpiresAt),
		TenantID: strconv.FormatInt(t.Num, 10), TenantUUID: t.ID, Scopes: r.Scopes,
	}
}

func tokensOf(v *state.View, rows []*model.RegistrationToken) *wire.Items[*token] {
	items := make([]*token, 0, len(rows))
	for _, r := range rows {
		if t, ok := state.Tenants.Get(v, r.TenantID); ok {
			items = append(items, tokenOf(t, r))
		}
	}
	return wire.ItemsOf(items)
}
