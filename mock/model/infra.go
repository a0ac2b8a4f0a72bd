package model

import "time"

// Capabilities of a component (reference, POST /infra).
const (
	CapabilityBackup   = "backup"
	CapabilityRecovery = "disaster_recovery"
	CapabilityFiles    = "files_cloud"
	CapabilityVCD      = "vcd"
)

// Infra is a component of the infrastructure, such as a storage. Items of type infra exist for each component that
// has their capability.
type Infra struct {
	ID               InfraID    `json:"id"`
	Version          int64      `json:"v"` // begins at 1
	OwnerID          TenantID   `json:"owner"`
	LocationID       LocationID `json:"location"`
	Name             string     `json:"name"`
	URL              string     `json:"url"` // without credentials
	Capabilities     []string   `json:"can,omitempty"`
	BackendType      string     `json:"backend,omitempty"`
	ContentURL       string     `json:"content,omitempty"`
	ContentMobileURL string     `json:"mobile,omitempty"`
	CreatedAt        time.Time  `json:"created"`
	UpdatedAt        time.Time  `json:"updated"`
}

// Location is where components stand.
type Location struct {
	ID        LocationID `json:"id"`
	Version   int64      `json:"v"` // begins at 0
	OwnerID   TenantID   `json:"owner"`
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"created"`
	UpdatedAt time.Time  `json:"updated"`
}
