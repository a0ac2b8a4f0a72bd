package model

import (
	"encoding/json"
	"time"
)

// Brand is a tenant's own branding. The root tenant always has one; a tenant without one shows its nearest
// ancestor's (wire facts, core 6.15).
type Brand struct {
	ID        BrandID                    `json:"id"`
	Num       int64                      `json:"num"`
	TenantID  TenantID                   `json:"tenant"`
	Members   map[string]json.RawMessage `json:"members,omitempty"` // as set by updateBrand
	Logo      []byte                     `json:"logo,omitempty"`    // PNG
	UpdatedAt time.Time                  `json:"updated"`
}
