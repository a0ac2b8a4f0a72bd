package mfa

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// status is the second factor of a tenant and how far its users are. Each counter is sent under its older name too,
// for clients of 2020 (wire facts, core 1 no. 12). A factor is switched off at once, so disable_in_progress,
// the third published status, does not occur.
type status struct {
	Status        string `json:"mfa_status"`
	UsersCount    int    `json:"users_count"`
	WithTOTPCount int    `json:"users_with_totp_enabled_count"`
	Users         int    `json:"users"`
	WithTOTP      int    `json:"users_with_totp_enabled"`
	UpdateAllowed bool   `json:"update_allowed"`
}

func statusOf(v *state.View, caller *model.Actor, t *model.Tenant) *status {
	s := &status{Status: model.MFADisabled, UpdateAllowed: model.CheckMFA(t) == nil && v.Unlocked(caller, t) == nil}
	if v.TenantMFA(t.ID) {
		s.Status = model.MFAEnabled
	}
	s.UsersCount, s.WithTOTPCount = progress(v, t.ID)
	s.Users, s.WithTOTP = s.UsersCount, s.WithTOTPCount
	return s
}

// progress counts the active users of a tenant and of the folders and units below it that belong to the same
// organization, and those among them who have set up the second factor (wire facts, core 6.16). Active is who can
// log in: activated, and not disabled.
func progress(v *state.View, root model.TenantID) (users, enrolled int) {
	same := func(t *model.Tenant) bool { return !t.Deleted() && (t.ID == root || model.InheritsMFA(t.Kind)) }
	for t := range v.Below(root, "", same) {
		if !same(t) || t.Personal() {
			continue
		}
		for _, u := range v.TenantUsers(t.ID) {
			if u.Deleted() || !u.Enabled || !u.Activated {
				continue
			}
			users++
			if v.UserMFA(u) == model.MFAEnabled {
				enrolled++
			}
		}
	}
	return users, enrolled
}
