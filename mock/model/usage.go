package model

import "time"

// Usage is what a tenant itself uses of an item, or of a usage that no item stands for: Name is then the usage's.
// What the tenants below it use is not in it.
type Usage struct {
	TenantID TenantID `json:"tenant"`
	ItemRef
	Edition   string    `json:"edition,omitempty"`
	Value     int64     `json:"value"`    // since the first day of the month, or at present
	Absolute  int64     `json:"absolute"` // since the item was turned on
	UpdatedAt time.Time `json:"updated"`
	Past      []Reading `json:"past,omitempty"` // of earlier days, oldest first
}

// Key is the key of the row.
func (u *Usage) Key() ItemKey { return KeyOf(u.TenantID, u.ItemRef) }
