package model

import "time"

// Token is an issued access token, found by its jti. The row alone decides validity.
type Token struct {
	ID        string    `json:"id"` // jti
	Family    string    `json:"family"`
	Client    ClientID  `json:"client,omitempty"`
	User      UserID    `json:"user,omitempty"`
	Parent    string    `json:"parent,omitempty"` // jti of the token it was narrowed from
	Narrowed  TenantID  `json:"narrowed,omitempty"`
	Scopes    []string  `json:"scopes,omitempty"`  // of a device: the scope URNs that it holds, in place of its user's rights
	Device    TenantID  `json:"device,omitempty"`  // of a device: the tenant that it was registered in
	Limited   bool      `json:"limited,omitempty"` // it carries of its holder's scopes those of Only alone
	Only      []string  `json:"only,omitempty"`    // as namespace::role
	Key       string    `json:"key,omitempty"`     // id of the key that signed it, where keys were rotated
	TOTPAt    time.Time `json:"totp,omitzero"`     // when the second factor of the login was checked
	IssuedAt  time.Time `json:"issued"`
	ExpiresAt time.Time `json:"expires"`
}

// RefreshToken is found by the hash of its value. Used ones stay until they expire, so that a replay is seen.
type RefreshToken struct {
	Hash      string    `json:"id"`
	Family    string    `json:"family"`
	Client    ClientID  `json:"client,omitempty"`
	User      UserID    `json:"user,omitempty"`
	Scope     string    `json:"scope,omitempty"`
	TOTPAt    time.Time `json:"totp,omitzero"`
	Used      bool      `json:"used,omitempty"`
	IssuedAt  time.Time `json:"issued"`
	ExpiresAt time.Time `json:"expires"`
}

// Session is a browser session, found by the hash of its cookie.
type Session struct {
	Hash      string    `json:"id"`
	User      UserID    `json:"user"`
	TOTPAt    time.Time `json:"totp,omitzero"`
	CreatedAt time.Time `json:"created"`
	ExpiresAt time.Time `json:"expires"`
}
