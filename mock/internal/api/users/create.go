package users

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

const defaultLanguage = "en"

type createIn struct {
	Body createBody
}

type createBody struct {
	TenantID         model.TenantID      `json:"tenant_id"`
	Login            string              `json:"login"`
	ExternalID       string              `json:"external_id"`
	IdP              string              `json:"idp_id"`
	Contact          *model.ContactPatch `json:"contact"`
	Enabled          *bool               `json:"enabled"`
	Language         string              `json:"language"`
	BusinessTypes    []string            `json:"business_types"`
	Notifications    *[]string           `json:"notifications"`
	ExistingIdentity bool                `json:"use_existing_identity"`
	OriginID         string              `json:"origin_id"`
	OriginExternalID string              `json:"origin_external_id"`
	DisableAfter     string              `json:"disable_after"`
}

// create makes a user, not activated, without any role.
func create(ctx context.Context, tx *state.Tx, in createIn) (*wire.User, error) {
	body := &in.Body
	if err := body.check(); err != nil {
		return nil, err
	}
	t, err := tx.NamedTenant(body.TenantID)
	if err != nil {
		return nil, err
	}
	if err := tx.ReachInside(op.Caller(ctx), t.ID); err != nil {
		return nil, err
	}
	if err := checkHome(tx.View, t); err != nil {
		return nil, err
	}
	u := body.user(tx, t)
	if err := body.identify(tx, u); err != nil {
		return nil, err
	}
	if err := tx.AddUser(u); err != nil {
		return nil, err
	}
	return wire.UserOf(tx.View, u), nil
}

// check refuses what the document cannot: the user guide requires login and contact, but a user of a foreign identity
// provider is known by its external id, and one that shares an identity is a person who is known already.
func (b *createBody) check() error {
	b.Login = strings.TrimSpace(b.Login)
	switch {
	case b.Login == "" && b.ExistingIdentity:
		return model.BadMember("/login", "is required: it names the identity to share")
	case b.Login == "" && b.ExternalID == "":
		return model.BadMember("/login", "is required")
	case b.Contact == nil && b.ExternalID == "" && !b.ExistingIdentity:
		return model.BadMember("/contact", "is required")
	}
	return checkDate(b.DisableAfter)
}

// checkHome refuses a tenant that takes no new users: one that is disabled, and one that is a user's own.
func checkHome(v *state.View, t *model.Tenant) error {
	if t.Personal() {
		return model.Refuse(model.Invalid, model.CodeBusinessRule, "personal_tenant",
			"tenant %q is the personal tenant of a user, no other user can be created in it", t.ID)
	}
	return v.CheckActive(t)
}

func (b *createBody) user(tx *state.Tx, t *model.Tenant) *model.User {
	now := tx.Now()
	u := &model.User{
		ID: model.UserID(tx.UUID()), Version: 1, TenantID: t.ID, IdentityID: model.IdentityID(tx.UUID()),
		Login: cmp.Or(b.Login, b.ExternalID),
		IdP:   cmp.Or(b.IdP, t.DefaultIdP, model.DefaultIdP), Language: cmp.Or(b.Language, defaultLanguage),
		Contact:       model.Contact{ID: tx.UUID(), CreatedAt: model.MomentOf(now)}.Merge(sent(b.Contact), now),
		Enabled:       b.Enabled == nil || *b.Enabled,
		BusinessTypes: b.BusinessTypes, Notifications: model.DefaultNotifications(), CreatedAt: model.MomentOf(now), UpdatedAt: model.MomentOf(now),
	}
	u.SetExtras(model.UserExtras{
		ExternalID: b.ExternalID, OriginID: b.OriginID, OriginExternalID: b.OriginExternalID, DisableAfter: b.DisableAfter,
	})
	u.Contact.UpdatedAt = model.MomentOf(now)
	if b.Notifications != nil {
		u.Notifications = *b.Notifications
	}
	expire(u, now)
	return u
}

// identify gives the user an identity of its own, whose login nobody has, or that of the oldest user with the login.
// A shared identity has its password already, so the account is as activated as the one it is shared with.
func (b *createBody) identify(tx *state.Tx, u *model.User) error {
	if err := checkExternalID(tx.View, u); err != nil {
		return err
	}
	if !b.ExistingIdentity {
		return checkFreeLogin(tx.View, u.Login, u.ID)
	}
	known, ok := tx.UserByLogin(u.Login)
	if !ok {
		return model.BadMember("/use_existing_identity", "is set, but no user has the login %q", u.Login)
	}
	u.IdentityID, u.Activated = known.IdentityID, known.Activated
	return nil
}

// checkDate refuses a date that has the pattern of one, but is none.
func checkDate(text string) error {
	if text == "" {
		return nil
	}
	if _, err := model.ParseTime(text); err != nil {
		return model.BadMember("/disable_after", "is no date: %v", err)
	}
	return nil
}

// expire disables a user whose disable_after has passed: at that moment the clock would have done it.
func expire(u *model.User, now time.Time) {
	after := u.Extras().DisableAfter
	if after == "" {
		return
	}
	if at, err := model.ParseTime(after); err == nil && !at.After(now) {
		u.Enabled = false
	}
}
