package users

import (
	"context"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type updateIn struct {
	ID   model.UserID `path:"user_id"`
	Body updateBody
}

// updateBody changes what is sent and keeps the rest. It is comparable, so that an empty one can be told.
type updateBody struct {
	Version       int64               `json:"version"`
	Login         *string             `json:"login"`
	ExternalID    *string             `json:"external_id"`
	IdP           *string             `json:"idp_id"`
	Contact       *model.ContactPatch `json:"contact"`
	Enabled       *bool               `json:"enabled"`
	Language      *string             `json:"language"`
	BusinessTypes *[]string           `json:"business_types"`
	Notifications *[]string           `json:"notifications"`
	DisableAfter  model.Opt[string]   `json:"disable_after"`
}

// update answers with the next version, but for one case: the e-mail address of an activated user only changes once
// its owner has confirmed the new one, so that a request for nothing else succeeds without a change
// (wire facts, core 1 no. 17).
func update(ctx context.Context, tx *state.Tx, in updateIn) (*wire.User, error) {
	u, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return nil, err
	}
	if err := model.CheckVersion("user", in.Body.Version, u.Version); err != nil {
		return nil, err
	}
	body := in.Body
	if u.Activated && body.holdEmail(u.Contact.Email) {
		if body == (updateBody{Version: body.Version}) {
			return wire.UserOf(tx.View, u), nil
		}
	}
	changed := *u
	if err := body.apply(tx, &changed); err != nil {
		return nil, err
	}
	tx.UpdateUser(&changed)
	return wire.UserOf(tx.View, &changed), nil
}

// holdEmail takes a changed e-mail address out of the request; it says whether there was one.
func (b *updateBody) holdEmail(current string) bool {
	if b.Contact == nil || b.Contact.Email == nil || *b.Contact.Email == current {
		return false
	}
	rest := *b.Contact
	rest.Email = nil
	b.Contact = &rest
	if rest == (model.ContactPatch{}) {
		b.Contact = nil
	}
	return true
}

func (b *updateBody) apply(tx *state.Tx, u *model.User) error {
	if err := b.applyIdentity(tx.View, u); err != nil {
		return err
	}
	if err := checkDate(b.DisableAfter.Value); err != nil {
		return err
	}
	if b.DisableAfter.Set {
		x := u.Extras()
		x.DisableAfter = b.DisableAfter.Value // null leaves no date
		u.SetExtras(x)
	}
	if b.Contact != nil {
		u.Contact = u.Contact.Merge(sent(b.Contact), tx.Now())
	}
	over(&u.Enabled, b.Enabled)
	over(&u.Language, b.Language)
	over(&u.BusinessTypes, b.BusinessTypes)
	over(&u.Notifications, b.Notifications)
	expire(u, tx.Now())
	return nil
}

// applyIdentity changes by what a user is known. What stays as it is is not judged again: clients send whole
// objects back.
func (b *updateBody) applyIdentity(v *state.View, u *model.User) error {
	over(&u.IdP, b.IdP)
	x := u.Extras()
	over(&x.ExternalID, b.ExternalID)
	u.SetExtras(x)
	if b.IdP != nil || b.ExternalID != nil {
		if err := checkExternalID(v, u); err != nil {
			return err
		}
	}
	if b.Login == nil || strings.TrimSpace(*b.Login) == u.Login {
		return nil
	}
	u.Login = strings.TrimSpace(*b.Login)
	return checkFreeLogin(v, u.Login, u.ID)
}

func over[T any](dst, src *T) {
	if src != nil {
		*dst = *src
	}
}
