package model

import "time"

// Timer kinds: what happens to the row named by Key when the world's clock reaches At.
const (
	TimerDisableUser = "disable_user"
	TimerEndTrial    = "end_trial"
)

// Timer is a transition that is due at a moment of the world's time.
type Timer struct {
	ID   string    `json:"id"` // kind and key: a row has one timer of a kind
	Kind string    `json:"kind"`
	Key  string    `json:"key"`
	At   time.Time `json:"at"`
}

// TimerID is the id of the one timer of a kind for a row.
func TimerID(kind, key string) string { return kind + "/" + key }

// Fact is a named value of a world: its settings, its counters.
type Fact struct {
	Name     string           `json:"name"`
	Settings Settings         `json:"settings,omitempty"`
	Counters map[string]int64 `json:"counters,omitempty"`
}

// Names of the facts.
const (
	FactSettings = "settings"
	FactCounters = "counters"
)

// Counters of integer identifiers.
const (
	CountTenants            = "tenants"
	CountBrands             = "brands"
	CountRegistrationTokens = "registration_tokens"
)
