package model

// CodeNoLockingTenant says that the owner of a lock is not among a tenant's ancestors (wire facts, core 2.4).
const CodeNoLockingTenant = 1032

// LockPatch is update_lock as a caller sends it; members that are absent keep what is stored.
type LockPatch struct {
	Enabled *bool         `json:"enabled"`
	OwnerID Opt[TenantID] `json:"owner_id"`
}

// Merge returns l with p applied by somebody who belongs to the tenant caller: who enables a lock without saying
// for whom owns it. An open lock has no owner (wire facts, core 3.1).
func (l Lock) Merge(p *LockPatch, caller TenantID) Lock {
	if p == nil {
		return l
	}
	if p.Enabled != nil {
		l.Enabled = *p.Enabled
	}
	if !l.Enabled {
		return Lock{}
	}
	if l.OwnerID = p.OwnerID.Or(l.OwnerID); l.OwnerID == "" {
		l.OwnerID = caller
	}
	return l
}
