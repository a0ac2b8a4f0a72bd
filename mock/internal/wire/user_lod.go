package wire

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Second-factor states of a session (wire facts, core 3.4).
const (
	sessionPassed   = "passed_or_not_required"
	sessionRequired = "required"
)

// UserStamps is a listed user with the fewest details; the vendor's schema is closed.
type UserStamps struct {
	ID               model.UserID    `json:"id"`
	Version          int64           `json:"version"`
	TenantID         model.TenantID  `json:"tenant_id"`
	CreatedAt        string          `json:"created_at"`
	UpdatedAt        string          `json:"updated_at"`
	DeletedAt        *string         `json:"deleted_at"`
	AccessPolicies   []*AccessPolicy `json:"access_policies"`
	OriginID         *string         `json:"origin_id"`
	OriginExternalID *string         `json:"origin_external_id"`
	DisableAfter     *string         `json:"disable_after"`
}

// UserBasic adds what a list shows; the vendor's schema is closed.
type UserBasic struct {
	UserStamps
	PersonalTenantID *string `json:"personal_tenant_id"`
	Login            string  `json:"login"`
	Enabled          bool    `json:"enabled"`
	SessionMFAStatus string  `json:"session_mfa_status"`
	DeliveryChannel  string  `json:"delivery_channel"`
}

// UserFull is a listed user with all its details.
type UserFull struct {
	UserBasic
	userDetails
	OperationStatus *string `json:"external_operation_status"`
}

// Me is the caller, in the shape of a listed user and more.
type Me struct {
	UserFull
	TermsAccepted bool             `json:"terms_accepted"`
	TenantKind    model.TenantKind `json:"tenant_kind"`
	PricingModel  string           `json:"tenant_pricing_model"`
	BrandID       model.BrandID    `json:"brand_id"`
	LoginTOTPTime *string          `json:"login_totp_time"`
}

// UserAt is a listed user at a level of detail: stamps, basic or full. policies is nil where they were not asked for.
func UserAt(v *state.View, u *model.User, lod string, policies []*model.Policy) any {
	switch lod {
	case LODStamps:
		return stampsOf(v, u, policies)
	case LODBasic:
		return basicOf(v, u, policies)
	}
	return fullOf(v, u, policies)
}

func stampsOf(v *state.View, u *model.User, policies []*model.Policy) UserStamps {
	date, x := userDates(v), u.Extras()
	return UserStamps{
		ID: u.ID, Version: u.Version, TenantID: u.TenantID,
		CreatedAt: date(u.CreatedAt), UpdatedAt: date(u.UpdatedAt), DeletedAt: dateOrNull(date, u.DeletedAt),
		AccessPolicies: AccessPoliciesOf(policies), OriginID: TextOrNull(x.OriginID),
		OriginExternalID: TextOrNull(x.OriginExternalID), DisableAfter: TextOrNull(x.DisableAfter),
	}
}

// basicOf shows two members whose source no one publishes: mail is delivered where there is an address, and a
// session that is not the caller's has passed no second factor yet.
func basicOf(v *state.View, u *model.User, policies []*model.Policy) UserBasic {
	b := UserBasic{
		UserStamps: stampsOf(v, u, policies), PersonalTenantID: TextOrNull(u.PersonalTenantID),
		Login: u.Login, Enabled: u.Enabled, SessionMFAStatus: sessionPassed, DeliveryChannel: "email",
	}
	if s := v.UserMFA(u); s == model.MFASetupRequired || s == model.MFAEnabled {
		b.SessionMFAStatus = sessionRequired
	}
	if u.Contact.Email == "" {
		b.DeliveryChannel = "none"
	}
	return b
}

func fullOf(v *state.View, u *model.User, policies []*model.Policy) UserFull {
	return UserFull{UserBasic: basicOf(v, u, policies), userDetails: detailsOf(v, u), OperationStatus: TextOrNull(u.Extras().OperationStatus)}
}

// MeOf is the calling user with its tenant. The session has passed its second factor, else there was no call.
// Policies are not shown, as in a list that does not ask for them.
func MeOf(v *state.View, u *model.User) *Me {
	me := &Me{
		UserFull: fullOf(v, u, nil), TermsAccepted: u.TermsAccepted, PricingModel: model.Production,
		BrandID: model.NilUUID, LoginTOTPTime: dateOrNull(userDates(v), u.Extras().LoginTOTPAt),
	}
	me.SessionMFAStatus = sessionPassed
	if t, ok := state.Tenants.Get(v, u.TenantID); ok {
		me.TenantKind = t.Kind
		if t.Pricing.Mode != "" {
			me.PricingModel = t.Pricing.Mode
		}
	}
	if b, ok := v.EffectiveBrand(u.TenantID); ok {
		me.BrandID = b.ID
	}
	return me
}
