package model

import (
	"crypto/subtle"
	"encoding/json"
	"time"
)

// Client types and authentication methods (reference, POST /clients).
const (
	APIClient     = "api_client"
	ManagedClient = "managed_client"

	AuthBasic = "client_secret_basic"
	AuthPost  = "client_secret_post"
	AuthNone  = "none"
)

// Client is an OAuth client. It acts with the roles that its creator had when it was created, inside its
// tenant and below (wire facts, idp 1.4).
type Client struct {
	ID             ClientID        `json:"id"`
	TenantID       TenantID        `json:"tenant"`
	Type           string          `json:"type"`
	AuthMethod     string          `json:"auth"`
	Data           json.RawMessage `json:"data,omitempty"`
	RedirectURIs   []string        `json:"redirects,omitempty"`
	OriginID       string          `json:"origin,omitempty"`
	Disabled       bool            `json:"off,omitempty"`
	Roles          []string        `json:"roles,omitempty"`
	Scopes         []string        `json:"scopes,omitempty"` // service scopes by explicit configuration, as namespace::role
	Salt           string          `json:"salt"`
	SecretHash     string          `json:"secret"`
	CreatedBy      string          `json:"by"`
	CreatedAt      time.Time       `json:"created"`
	UpdatedAt      time.Time       `json:"updated"`
	DeletedAt      time.Time       `json:"deleted,omitzero"`
	Deletion       string          `json:"deletion,omitempty"`
	LastAccessAt   time.Time       `json:"used,omitzero"`
	LastAccessFrom string          `json:"from,omitempty"`
}

// Deleted reports whether the client is soft-deleted.
func (c *Client) Deleted() bool { return !c.DeletedAt.IsZero() }

// HasSecret reports whether secret is the client's, in constant time. A public client has none that counts.
func (c *Client) HasSecret(secret string) bool {
	got := HashSecret(c.Salt, secret)
	return c.AuthMethod != AuthNone && subtle.ConstantTimeCompare([]byte(got), []byte(c.SecretHash)) == 1
}
