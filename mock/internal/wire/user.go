package wire

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// User is a single user: the answer to creating, reading and updating one and to a login by one-time token. What
// has no value is left out, but for what the vendor's schema requires and the user guide prints as null
// (wire facts, core 2.5 and 3.4).
type User struct {
	ID               model.UserID   `json:"id"`
	Version          int64          `json:"version"`
	TenantID         model.TenantID `json:"tenant_id"`
	PersonalTenantID *string        `json:"personal_tenant_id"`
	Login            string         `json:"login"`
	Enabled          bool           `json:"enabled"`
	CreatedAt        string         `json:"created_at"`
	UpdatedAt        string         `json:"updated_at"`
	DeletedAt        *string        `json:"deleted_at"`
	OriginID         string         `json:"origin_id,omitempty"`
	OriginExternalID string         `json:"origin_external_id,omitempty"`
	DisableAfter     string         `json:"disable_after,omitempty"`
	OperationStatus  string         `json:"external_operation_status,omitempty"`
	TermsAccepted    bool           `json:"terms_accepted"`
	userDetails
}

// userDetails are the members that a single user and a listed one with all its details share.
type userDetails struct {
	Contact       *userContact `json:"contact"`
	Activated     bool         `json:"activated"`
	Language      string       `json:"language"`
	BusinessTypes []string     `json:"business_types"`
	Notifications []string     `json:"notifications"`
	IdP           string       `json:"idp_id,omitempty"`
	ExternalID    string       `json:"external_id,omitempty"`
	MFAStatus     string       `json:"mfa_status"`
}

// userContact adds what the user guide does not print: what was sent comes back (wire facts, clients 1 no. 18).
type userContact struct {
	*UserContact
	Fax      *string `json:"fax,omitempty"`
	Language *string `json:"language,omitempty"`
}

// UserOf is the wire form of a single user.
func UserOf(v *state.View, u *model.User) *User {
	date, x := userDates(v), u.Extras()
	return &User{
		ID: u.ID, Version: u.Version, TenantID: u.TenantID, PersonalTenantID: TextOrNull(u.PersonalTenantID),
		Login: u.Login, Enabled: u.Enabled,
		CreatedAt: date(u.CreatedAt), UpdatedAt: date(u.UpdatedAt), DeletedAt: dateOrNull(date, u.DeletedAt),
		OriginID: x.OriginID, OriginExternalID: x.OriginExternalID, DisableAfter: x.DisableAfter,
		OperationStatus: x.OperationStatus, TermsAccepted: u.TermsAccepted, userDetails: detailsOf(v, u),
	}
}

func detailsOf(v *state.View, u *model.User) userDetails {
	d := u.Contact.Details()
	return userDetails{
		Contact:   &userContact{UserContact: UserContactOf(&u.Contact), Fax: d.Fax, Language: d.Language},
		Activated: u.Activated, Language: u.Language,
		BusinessTypes: orEmpty(u.BusinessTypes), Notifications: orEmpty(u.Notifications),
		IdP: u.IdP, ExternalID: u.Extras().ExternalID, MFAStatus: v.UserMFA(u),
	}
}

// userDates is the form of a user's dates: that of the user guide, or what the world's switch says for clients that
// refuse fractions (wire facts, clients 3).
func userDates(v *state.View) func(model.Moment) string {
	if v.Settings().Is("timestamps", "seconds") {
		return inSeconds
	}
	return inMicros
}

func inSeconds(m model.Moment) string { return model.FormatZ(m.Time()) }

func inMicros(m model.Moment) string { return model.FormatMicros(m.Time()) }

func dateOrNull(date func(model.Moment) string, m model.Moment) *string {
	if m.IsZero() {
		return nil
	}
	text := date(m)
	return &text
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
