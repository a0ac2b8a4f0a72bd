package model

import (
	"crypto/md5" //nolint:gosec // the md5_password grant sends an MD5 sum, see Credential
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// MFA states of a user (wire facts, core 3.4).
const (
	MFADisabled         = "disabled"
	MFAForciblyDisabled = "forcibly_disabled"
	MFASetupRequired    = "setup_required"
	MFAEnabled          = "enabled"
)

// User is a person's account. Its login is unique among live users of the whole world
// unless it shares an identity.
type User struct {
	ID               UserID     `json:"id"`
	Version          int64      `json:"v"`
	TenantID         TenantID   `json:"tenant"`
	PersonalTenantID TenantID   `json:"personal,omitempty"`
	IdentityID       IdentityID `json:"identity"`
	Login            string     `json:"login"`
	IdP              string     `json:"idp,omitempty"`
	Language         string     `json:"lang,omitempty"`
	Contact          Contact    `json:"contact"`
	Activated        bool       `json:"act,omitempty"`
	Enabled          bool       `json:"on,omitempty"`
	TermsAccepted    bool       `json:"terms,omitempty"`
	MFAOff           bool       `json:"mfaoff,omitempty"` // forcibly disabled for this account
	BusinessTypes    []string   `json:"biz,omitempty"`
	Notifications    []string   `json:"notify,omitempty"`
	CreatedAt        Moment     `json:"created"`
	UpdatedAt        Moment     `json:"updated"`
	DeletedAt        Moment     `json:"deleted,omitzero"`
	Deletion         string     `json:"deletion,omitempty"`
	UserGuard        `json:"-"`
	*UserExtras      // nil for none; use Extras and SetExtras
}

// Key is the id as text.
func (u *User) Key() string { return string(u.ID) }

// Deleted reports whether the user is soft-deleted.
func (u *User) Deleted() bool { return !u.DeletedAt.IsZero() }

// LoginKey is the form in which logins are compared: without regard to case.
func (u *User) LoginKey() string { return LoginKey(u.Login) }

// LoginKey folds a login for comparison.
func LoginKey(login string) string { return strings.ToLower(login) }

// DefaultNotifications is what a new user receives (user guide).
func DefaultNotifications() []string { return []string{"quota", "reports", "backup_daily_report"} }

const loginSpecials = ".@_-+:!#$%^*={}'`/?"

// CheckLogin refuses a login that breaks the rules of the user guide: at least 3 characters, ASCII letters,
// digits and a set of special characters. The caller trims first.
func CheckLogin(login string) error {
	if len(login) < 3 {
		return badLogin("login %q is shorter than 3 characters", login)
	}
	for _, r := range login {
		if !loginRune(r) {
			return badLogin("login %q holds the character %q; allowed are ASCII letters, digits and %s", login, string(r), loginSpecials)
		}
	}
	return nil
}

func badLogin(format string, args ...any) error {
	return Refuse(Invalid, CodeInvalidLogin, "invalid_login", format, args...)
}

func loginRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(loginSpecials, r)
}

// Credential is the secret of an identity. Users that share an identity share it.
//
// The hash is SHA-256 over the salt and the hexadecimal MD5 of the password, because the md5_password
// grant presents that MD5 and must be checkable without the password. This protects test data only.
type Credential struct {
	ID         IdentityID `json:"id"`
	Salt       string     `json:"salt,omitempty"`
	Hash       string     `json:"hash,omitempty"`
	TOTPSecret string     `json:"totp,omitempty"`
	Enrolled   bool       `json:"enrolled,omitempty"` // the second factor was confirmed once
	TOTPStep   int64      `json:"step,omitempty"`     // of the newest code that was accepted, which counts no more
	Failures   int        `json:"failures,omitempty"`
	FailedAt   time.Time  `json:"failed,omitzero"`
}

// SetPassword returns c with a new password.
func (c Credential) SetPassword(salt, password string) Credential {
	c.Salt, c.Hash = salt, hashMD5(salt, MD5Hex(password))
	return c
}

// HasPassword reports whether password is the credential's, in constant time.
func (c *Credential) HasPassword(password string) bool { return c.HasMD5(MD5Hex(password)) }

// HasMD5 reports whether sum, in either case, is the hexadecimal MD5 of the credential's password.
func (c *Credential) HasMD5(sum string) bool {
	got := hashMD5(c.Salt, strings.ToLower(sum))
	return c.Hash != "" && subtle.ConstantTimeCompare([]byte(got), []byte(c.Hash)) == 1
}

// MD5Hex is the lower-case hexadecimal MD5 of a password.
func MD5Hex(password string) string {
	sum := md5.Sum([]byte(password)) //nolint:gosec // what the grant sends
	return hex.EncodeToString(sum[:])
}

func hashMD5(salt, sum string) string { return HashSecret(salt, sum) }

// HashSecret is the salted SHA-256 under which secrets are stored, in hexadecimal.
func HashSecret(salt, secret string) string {
	sum := sha256.Sum256([]byte(salt + secret))
	return hex.EncodeToString(sum[:])
}

func digits(n int64) string { return strconv.FormatInt(n, 10) }
