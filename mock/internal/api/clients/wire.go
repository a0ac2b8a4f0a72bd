package clients

import (
	"encoding/json"
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

const (
	enabled  = "enabled"
	disabled = "disabled"
)

// client is the wire form of a client: the last access is always there, null before the first (wire facts, idp 7.1).
type client struct {
	common
	LastAccessAt   *string `json:"last_access_at"`
	LastAccessFrom *string `json:"last_access_from_ip"`
}

// newClient is the only form that shows the secrets, and it has no last access.
type newClient struct {
	common
	Secret            string `json:"client_secret"`
	RegistrationToken string `json:"registration_access_token"`
}

type common struct {
	ID           model.ClientID  `json:"client_id"`
	TenantID     model.TenantID  `json:"tenant_id"`
	Type         string          `json:"type"`
	Data         json.RawMessage `json:"data"`
	AuthMethod   string          `json:"token_endpoint_auth_method"`
	RedirectURIs []string        `json:"redirect_uris"`
	Status       string          `json:"status"`
	CreatedAt    string          `json:"created_at"`
	CreatedBy    string          `json:"created_by"`
	Expires      int64           `json:"client_secret_expires_at"` // 0: never
	OriginID     string          `json:"origin_id,omitempty"`
}

func commonOf(c *model.Client) common {
	out := common{
		ID: c.ID, TenantID: c.TenantID, Type: c.Type, Data: c.Data, AuthMethod: c.AuthMethod,
		RedirectURIs: c.RedirectURIs, Status: enabled, CreatedAt: model.FormatOffset(c.CreatedAt),
		CreatedBy: c.CreatedBy, OriginID: c.OriginID,
	}
	if c.Disabled {
		out.Status = disabled
	}
	if out.Data == nil {
		out.Data = json.RawMessage("{}")
	}
	if out.RedirectURIs == nil {
		out.RedirectURIs = []string{}
	}
	return out
}

func clientOf(c *model.Client) *client {
	out := &client{common: commonOf(c), LastAccessAt: offsetOrNull(c.LastAccessAt)}
	if c.LastAccessFrom != "" {
		out.LastAccessFrom = &c.LastAccessFrom
	}
	return out
}

func newClientOf(c *model.Client, secret, registrationToken string) *newClient {
	return &newClient{common: commonOf(c), Secret: secret, RegistrationToken: registrationToken}
}

func offsetOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := model.FormatOffset(t)
	return &text
}
