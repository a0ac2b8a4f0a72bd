package model

import "time"

// Trustee types of an access policy (wire facts, core 3.5).
const (
	TrusteeUser   = "user"
	TrusteeGroup  = "user_group"
	TrusteeClient = "client"
)

// Policy grants a role on a tenant to a trustee.
type Policy struct {
	ID          PolicyID  `json:"id"`
	Version     int64     `json:"v"`
	TrusteeID   string    `json:"trustee"`
	TrusteeType string    `json:"ttype"`
	IssuerID    string    `json:"issuer"`
	TenantID    TenantID  `json:"tenant"`
	Role        string    `json:"role"`
	ServerID    string    `json:"server,omitempty"`
	Namespace   string    `json:"ns,omitempty"`
	Path        string    `json:"path,omitempty"`
	CreatedAt   time.Time `json:"created"`
	UpdatedAt   time.Time `json:"updated"`
}

// Group is a security group: its policies reach its members.
type Group struct {
	ID       GroupID  `json:"id"`
	TenantID TenantID `json:"tenant"`
	Name     string   `json:"name"`
	Members  []UserID `json:"members,omitempty"`
}
