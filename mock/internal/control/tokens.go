package control

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/model"
)

type tokenIn struct {
	ID   string `path:"id"`
	Body struct {
		User     string         `json:"user"`
		Client   model.ClientID `json:"client"`
		Tenant   model.TenantID `json:"tenant"`
		Scopes   []string       `json:"scopes"`
		TTL      fault.Duration `json:"ttl"`
		Issuer   string         `json:"issuer"`
		Audience []string       `json:"audience"`
		Broken   auth.Broken    `json:"broken"`
	}
}

type tokenOut struct {
	Token   string       `json:"access_token"`
	Type    string       `json:"token_type"`
	Expires int64        `json:"expires_in"` // seconds, negative for one that has expired
	Claims  *auth.Claims `json:"claims"`
}

func (c *Control) mintToken(ctx context.Context, in tokenIn) (*tokenOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	m := auth.Mint{
		User: b.User, Client: b.Client, Tenant: b.Tenant, Scopes: b.Scopes, TTL: time.Duration(b.TTL),
		Issuer: b.Issuer, Audience: b.Audience, Broken: b.Broken,
	}
	if m.Issuer == "" {
		m.Issuer = c.baseURL(w)
	}
	token, claims, err := c.cfg.Keys.Mint(ctx, w.State, m)
	if err != nil {
		return nil, err
	}
	return &tokenOut{Token: token, Type: "bearer", Expires: claims.ExpiresAt - w.Clock.Now().Unix(), Claims: claims}, nil
}
