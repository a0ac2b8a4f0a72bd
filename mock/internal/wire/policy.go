package wire

import "github.com/tenantry/tenantry/mock/model"

// AccessPolicy is a role on a tenant. A policy is removed, not kept as deleted, so deleted_at is always null
// (wire facts, core 3.5).
type AccessPolicy struct {
	ID          model.PolicyID `json:"id"`
	Version     int64          `json:"version"`
	CreatedAt   string         `json:"created_at"`
	UpdatedAt   string         `json:"updated_at"`
	DeletedAt   *string        `json:"deleted_at"`
	TrusteeID   string         `json:"trustee_id"`
	TrusteeType string         `json:"trustee_type"`
	IssuerID    string         `json:"issuer_id"`
	TenantID    model.TenantID `json:"tenant_id"`
	Role        string         `json:"role_id"`
	ServerID    string         `json:"resource_server_id,omitempty"`
	Namespace   string         `json:"resource_namespace,omitempty"`
	Path        string         `json:"resource_path,omitempty"`
}

// AccessPoliciesOf is the wire form of policies; none is an empty array, never null.
func AccessPoliciesOf(policies []*model.Policy) []*AccessPolicy {
	out := make([]*AccessPolicy, len(policies))
	for i, p := range policies {
		out[i] = &AccessPolicy{
			ID: p.ID, Version: p.Version,
			CreatedAt: model.FormatZ(p.CreatedAt), UpdatedAt: model.FormatZ(p.UpdatedAt),
			TrusteeID: p.TrusteeID, TrusteeType: p.TrusteeType, IssuerID: p.IssuerID, TenantID: p.TenantID,
			Role: p.Role, ServerID: p.ServerID, Namespace: p.Namespace, Path: p.Path,
		}
	}
	return out
}
