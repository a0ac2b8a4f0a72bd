package state

import (
	"cmp"
	"fmt"

	"github.com/tenantry/tenantry/mock/model"
)

var registrationDef = &def[model.RegistrationToken]{
	name: "registration_tokens",
	key:  func(r *model.RegistrationToken) string { return registrationKey(r.ID) },
	indexes: []order[model.RegistrationToken]{
		{less: func(a, b *model.RegistrationToken) bool {
			return less(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID))
		}},
		{less: func(a, b *model.RegistrationToken) bool {
			return less(cmp.Compare(a.TenantID, b.TenantID), cmp.Compare(a.ID, b.ID))
		}},
		{less: func(a, b *model.RegistrationToken) bool {
			return less(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.ID, b.ID))
		}},
	},
}

// registrationKey sorts like the integer that it is made of.
func registrationKey(id int64) string { return fmt.Sprintf("%019d", id) }

// RegistrationToken finds a token that has not expired, in a tenant that is not deleted; a missing one is a refusal.
func (v *View) RegistrationToken(id int64) (*model.RegistrationToken, error) {
	r, ok := RegistrationTokens.Get(v, registrationKey(id))
	if !ok || !v.lasting(r) {
		return nil, model.Missing("registration token", fmt.Sprint(id))
	}
	return r, nil
}

// RegistrationTokenByCode finds the token with which a device may be registered now: it has not expired, and its
// tenant is not suspended.
func (v *View) RegistrationTokenByCode(code string) (*model.RegistrationToken, bool) {
	is := func(r *model.RegistrationToken) bool { return r.Code == code }
	r, ok := RegistrationsByCode.First(v, &model.RegistrationToken{Code: code}, is)
	if !ok || !v.lasting(r) || !v.Active(r.TenantID) {
		return nil, false
	}
	return r, true
}

// RegistrationTokensOf lists the tokens of the tenant itself that have not expired, oldest first.
func (v *View) RegistrationTokensOf(id model.TenantID) []*model.RegistrationToken {
	var tokens []*model.RegistrationToken
	in := func(r *model.RegistrationToken) bool { return r.TenantID == id }
	for r := range RegistrationsByTenant.While(v, &model.RegistrationToken{TenantID: id}, in) {
		if v.lasting(r) {
			tokens = append(tokens, r)
		}
	}
	return tokens
}

// RegistrationTokensSeen lists the tokens that have not expired in all tenants that the caller sees, oldest first.
func (v *View) RegistrationTokensSeen(a *model.Actor) []*model.RegistrationToken {
	var tokens []*model.RegistrationToken
	for r := range RegistrationTokens.All(v) {
		if v.lasting(r) && v.Sees(a, r.TenantID) {
			tokens = append(tokens, r)
		}
	}
	return tokens
}

func (v *View) lasting(r *model.RegistrationToken) bool {
	_, err := v.LiveTenant(r.TenantID)
	return err == nil && r.Live(v.now)
}

// PutRegistrationToken writes a token and takes a few expired ones away.
func (tx *Tx) PutRegistrationToken(r *model.RegistrationToken) {
	RegistrationTokens.put(tx, r)
	dead := func(r *model.RegistrationToken) bool { return !r.Live(tx.now) }
	for range purgeEach {
		old, ok := RegistrationsByExpiry.First(tx, &model.RegistrationToken{}, dead)
		if !ok || old.ID == r.ID {
			return
		}
		tx.RemoveRegistrationToken(old.ID)
	}
}

// RemoveRegistrationToken takes a token away.
func (tx *Tx) RemoveRegistrationToken(id int64) { RegistrationTokens.remove(tx, registrationKey(id)) }
