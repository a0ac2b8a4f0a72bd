package state

import (
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

var timeZero time.Time

// User finds a user, deleted ones too; a missing one is a refusal.
func (v *View) User(id model.UserID) (*model.User, error) {
	u, ok := Users.Get(v, id)
	if !ok {
		return nil, model.Missing("user", id)
	}
	return u, nil
}

// LiveUser finds a user that is not deleted.
func (v *View) LiveUser(id model.UserID) (*model.User, error) {
	u, err := v.User(id)
	if err != nil || u.Deleted() {
		return nil, model.Missing("user", id)
	}
	return u, nil
}

// TenantUsers lists the users that belong to the tenant itself, deleted ones too, in the order of their ids.
func (v *View) TenantUsers(id model.TenantID) []*model.User {
	var users []*model.User
	in := func(u *model.User) bool { return u.TenantID == id }
	for u := range UsersByTenant.While(v, &model.User{TenantID: id}, in) {
		users = append(users, u)
	}
	return users
}

// UserByLogin finds the oldest live user with the login, compared without regard to case.
func (v *View) UserByLogin(login string) (*model.User, bool) {
	key := model.LoginKey(strings.TrimSpace(login))
	return UsersByLogin.First(v, &model.User{Login: key}, func(u *model.User) bool { return u.LoginKey() == key })
}

// LoginTaken reports whether a live user other than except has the login.
func (v *View) LoginTaken(login string, except model.UserID) bool {
	key := model.LoginKey(login)
	in := func(u *model.User) bool { return u.LoginKey() == key }
	for u := range UsersByLogin.While(v, &model.User{Login: key}, in) {
		if u.ID != except {
			return true
		}
	}
	return false
}

// CheckLoginFree refuses a login that another live user has (wire facts, idp 1.1).
func (v *View) CheckLoginFree(login string, except model.UserID) error {
	if !v.LoginTaken(login, except) {
		return nil
	}
	return &model.Error{Kind: model.Conflict, Reason: "login_taken", Message: "User '" + login + "' exists", NoInfo: true}
}

// PutUser writes a user as it is and keeps the timer of its disable_after in step.
func (tx *Tx) PutUser(u *model.User) {
	Users.put(tx, u)
	var at time.Time
	if after := u.Extras().DisableAfter; after != "" && u.Enabled && !u.Deleted() {
		at, _ = model.ParseTime(after)
	}
	if _, had := Timers.Get(tx, model.TimerID(model.TimerDisableUser, string(u.ID))); had || !at.IsZero() {
		tx.Schedule(model.TimerDisableUser, string(u.ID), at)
	}
}

// UpdateUser writes a changed user under the next version and the present time. A user that is disabled or
// deleted by the change loses tokens and sessions at once and for good.
func (tx *Tx) UpdateUser(u *model.User) {
	old, had := Users.Get(tx, u.ID)
	u.Version++
	u.UpdatedAt = model.MomentOf(tx.now)
	tx.PutUser(u)
	if had && (old.Enabled && !u.Enabled || !old.Deleted() && u.Deleted()) {
		tx.RevokeUser(u.ID)
	}
}

// AddUser writes a new user. In a customer tenant and below it gets a personal tenant (reference, POST /users).
func (tx *Tx) AddUser(u *model.User) error {
	t, err := tx.LiveTenant(u.TenantID)
	if err != nil {
		return err
	}
	if t.Kind == model.Customer || t.Kind == model.Unit {
		u.PersonalTenantID = model.TenantID(tx.UUID())
		tx.PutTenant(tx.personalTenant(u, t))
	}
	tx.PutUser(u)
	return nil
}

func (tx *Tx) personalTenant(u *model.User, parent *model.Tenant) *model.Tenant {
	return &model.Tenant{
		ID: u.PersonalTenantID, Num: tx.Count(model.CountTenants), Version: 1,
		ParentID: parent.ID, Kind: model.Unit, Name: u.Login, OwnerID: u.ID,
		CustomerType: "default", Language: u.Language, Enabled: true, DefaultIdP: model.DefaultIdP,
		AncestralAccess: true, Pricing: parent.Pricing,
		Contact: model.Contact{
			ID: tx.UUID(), Types: []string{model.ContactLegal}, Email: u.Contact.Email,
			FirstName: u.Contact.FirstName, LastName: u.Contact.LastName,
			CreatedAt: model.MomentOf(tx.now), UpdatedAt: model.MomentOf(tx.now),
		},
		CreatedAt: u.CreatedAt, UpdatedAt: u.CreatedAt,
	}
}

// DeleteUser soft-deletes a user with its personal tenant.
func (tx *Tx) DeleteUser(u *model.User) {
	deletion := tx.UUID()
	gone := *u
	gone.DeletedAt, gone.Deletion = model.MomentOf(tx.now), deletion
	tx.UpdateUser(&gone)
	if t, ok := Tenants.Get(tx, u.PersonalTenantID); ok && !t.Deleted() {
		away := *t
		away.DeletedAt, away.Deletion = model.MomentOf(tx.now), deletion
		tx.UpdateTenant(&away)
	}
}

// RestoreUser brings back a deleted user with its personal tenant. A login that has been taken meanwhile is a
// conflict, unless force is set: then it comes back with a postfix (reference, POST /users/{user_id}/restore).
func (tx *Tx) RestoreUser(u *model.User, force, enable bool) error {
	if _, err := tx.LiveTenant(u.TenantID); err != nil {
		return model.Refuse(model.Conflict, model.CodeTenantNotFound, "tenant_deleted",
			"User %q cannot be restored: its tenant %q is deleted", u.Login, u.TenantID)
	}
	deletion := u.Deletion
	if err := tx.reviveUser(u, force, enable); err != nil {
		return err
	}
	if t, ok := Tenants.Get(tx, u.PersonalTenantID); ok && t.Deletion == deletion {
		back := *t
		back.DeletedAt, back.Deletion = 0, ""
		tx.UpdateTenant(&back)
	}
	return nil
}

func (tx *Tx) reviveUser(u *model.User, force, enable bool) error {
	if !force {
		if err := tx.CheckLoginFree(u.Login, u.ID); err != nil {
			return err
		}
	}
	back := *u
	back.DeletedAt, back.Deletion = 0, ""
	back.Login = postfixed(back.Login, func(s string) bool { return tx.LoginTaken(s, u.ID) })
	if enable {
		back.Enabled = true
	}
	tx.UpdateUser(&back)
	return nil
}

// Credential is the secret of the user's identity; a user without a password has an empty one.
func (v *View) Credential(u *model.User) model.Credential {
	if c, ok := Credentials.Get(v, u.IdentityID); ok {
		return *c
	}
	return model.Credential{ID: u.IdentityID}
}

// PutCredential writes the secret of an identity.
func (tx *Tx) PutCredential(c model.Credential) { Credentials.put(tx, &c) }

// UserMFA is the second-factor status of a user (wire facts, core 3.4 and 6.16): disabled where the tenant
// has it off, forcibly_disabled where the account is exempt, else enabled once configured.
func (v *View) UserMFA(u *model.User) string {
	if u.MFAOff {
		return model.MFAForciblyDisabled
	}
	if !v.TenantMFA(u.TenantID) {
		return model.MFADisabled
	}
	if c := v.Credential(u); c.Enrolled {
		return model.MFAEnabled
	}
	return model.MFASetupRequired
}

// TenantMFA reports whether a second factor is required in the tenant: folders and units inherit it.
func (v *View) TenantMFA(id model.TenantID) bool {
	t, ok := Tenants.Get(v, id)
	for ok && (t.Kind == model.Unit || t.Kind == model.Folder) && t.ParentID != t.ID {
		t, ok = Tenants.Get(v, t.ParentID)
	}
	return ok && t.MFA
}
