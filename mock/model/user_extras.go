package model

// UserExtras is what few users have. Rows that are copies of each other share it: it is never changed, but replaced by
// another.
type UserExtras struct {
	ExternalID       string `json:"ext,omitempty"`
	OriginID         string `json:"origin,omitempty"`
	OriginExternalID string `json:"oext,omitempty"`
	DisableAfter     string `json:"until,omitempty"` // as it was sent
	OperationStatus  string `json:"op,omitempty"`
	LoginTOTPAt      Moment `json:"totp,omitzero"`
}

// UserGuard is to a user what ContactGuard is to a contact.
type UserGuard struct {
	ExternalID, OriginID, OriginExternalID, DisableAfter, OperationStatus, LoginTOTPAt struct{}
}

// Extras are the extras of u, without any where it has none.
func (u *User) Extras() UserExtras {
	if u.UserExtras == nil {
		return UserExtras{}
	}
	return *u.UserExtras
}

// SetExtras gives u other extras. Where nothing is set u has none, so that users that say the same are equal.
func (u *User) SetExtras(x UserExtras) {
	switch x {
	case UserExtras{}:
		u.UserExtras = nil
	case u.Extras():
	default:
		kept := x // x itself would be on the heap in the other cases too
		u.UserExtras = &kept
	}
}
