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
	Scopes    []string  `json:"scopes,omitempty"` // of a registration-token exchange: scope URNs
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
	Used      bool      `json:"used,omitempty"`
	IssuedAt  time.Time `json:"issued"`
	ExpiresAt time.Time `json:"expires"`
}

// Session is a browser session, found by the hash of its cookie.
type Session struct {
	Hash      string    `json:"id"`
	User      UserID    `json:"user"`
	CreatedAt time.Time `json:"created"`
	ExpiresAt time.Time `json:"expires"`
}
