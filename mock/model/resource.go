package model

import "time"

// ResourceUsage is what a resource, such as a protected machine, reported of an item: a part of what its tenant
// uses.
type ResourceUsage struct {
	ResourceID string   `json:"resource"`
	TenantID   TenantID `json:"tenant"`
	ItemRef
	Value     int64     `json:"value"`
	UpdatedAt time.Time `json:"updated"`
}

// ResourceUsageKey is the key of the row.
func ResourceUsageKey(resource string, ref ItemRef) string {
	return resource + "/" + string(KeyOf("", ref))
}

// SharedUsage reports whether resources by themselves report a usage: it is a quantity that they share, such as
// storage or compute points, and not a number of things (wire facts, core 6.14).
func (r ItemRef) SharedUsage() bool {
	unit := r.UsageUnit()
	return unit == UnitBytes || unit == UnitSeconds
}
