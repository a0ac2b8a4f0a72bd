package model

import "math"

// Quota limits an offering item. Value is the soft limit, Overage what is allowed above it; nil is no limit. The
// version is in milliseconds since 1970, and 0 exactly when both are nil (wire facts, core 1 no. 6).
type Quota struct {
	Value   *int64 `json:"value,omitempty"`
	Overage *int64 `json:"overage,omitempty"`
	Version int64  `json:"v,omitempty"`
}

// NewQuota is a quota of the version. Without a value there is no overage either, and no version.
func NewQuota(value, overage *int64, version int64) Quota {
	if value == nil {
		return Quota{}
	}
	return Quota{Value: value, Overage: overage, Version: version}
}

// Same reports whether q and o limit alike, whatever their versions.
func (q Quota) Same(o Quota) bool {
	return sameLimit(q.Value, o.Value) && sameLimit(q.Overage, o.Overage)
}

func sameLimit(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }

// Hard is what cannot be exceeded; a quota without an overage warns only (wire facts, core 3.6).
func (q Quota) Hard() (limit int64, limited bool) {
	if q.Value == nil || q.Overage == nil {
		return 0, false
	}
	return addLimits(*q.Value, *q.Overage), true
}

// Plus is the quota of two items that become one: no limit where one of them has none.
func (q Quota) Plus(o Quota) Quota {
	if q.Value == nil || o.Value == nil {
		return Quota{}
	}
	sum := Quota{Value: Ptr(addLimits(*q.Value, *o.Value)), Version: max(q.Version, o.Version)}
	if q.Overage != nil && o.Overage != nil {
		sum.Overage = Ptr(addLimits(*q.Overage, *o.Overage))
	}
	return sum
}

// CheckWithin refuses a quota above the hard limit of a tenant higher up (1022). No quota at all is no claim, so
// it is allowed: that is what available_for_child proposes.
func (q Quota) CheckWithin(above Quota, ref ItemRef) error {
	limit, limited := above.Hard()
	if !limited || q.Value == nil {
		return nil
	}
	asked := *q.Value
	if hard, ok := q.Hard(); ok {
		asked = hard
	}
	if asked <= limit {
		return nil
	}
	return Refuse(Invalid, CodeQuotaExceeded, "quota_exceeded",
		"the quota of offering item %s is %d with its overage, above the hard limit %d of a parent tenant", ref, asked, limit)
}

// addLimits adds two limits that are not negative; a sum that no number holds is the greatest number.
func addLimits(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
