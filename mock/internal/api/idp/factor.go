package idp

import (
	"bytes"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"html/template"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// The second factor is a time-based code (RFC 6238) of six digits and thirty seconds, by the world's clock. A code counts
// a step early or late, because clocks differ, and once.
const (
	factorPeriod = 30
	factorSkew   = 1
	secretBytes  = 20
)

func needsFactor(v *state.View, u *model.User) bool {
	status := v.UserMFA(u)
	return status == model.MFAEnabled || status == model.MFASetupRequired
}

// passFactor checks the second factor of a user who needs one, and says when it was passed: the zero time for a user who
// needs none (wire facts, idp 2.3).
func passFactor(tx *state.Tx, u *model.User, code string) (time.Time, error) {
	switch tx.UserMFA(u) {
	case model.MFASetupRequired:
		return time.Time{}, denied("totp_setup_required", "the user has to set up a second factor first, by logging in with a browser")
	case model.MFAEnabled:
		return checkFactor(tx, u, code)
	}
	return time.Time{}, nil
}

// checkFactor accepts a code of the user's secret, which enrols the user if that has not happened yet.
func checkFactor(tx *state.Tx, u *model.User, code string) (time.Time, error) {
	if code == "" {
		return time.Time{}, denied("totp_required", "the user's second factor is required: send totp_code")
	}
	secret := tx.Credential(u)
	if locked(tx, &secret) {
		return time.Time{}, denied("invalid_grant", "the login is locked after too many wrong codes; try again later")
	}
	step, ok := stepOf(secret.TOTPSecret, code, tx.Now())
	if !ok || step <= secret.TOTPStep {
		return time.Time{}, failed(tx, secret, denied("invalid_totp", "the code of the second factor is wrong or was used before"))
	}
	secret = secret.Forgive()
	secret.TOTPStep, secret.Enrolled = step, true
	tx.PutCredential(secret)
	passed := *u
	x := u.Extras()
	x.LoginTOTPAt = model.MomentOf(tx.Now())
	passed.SetExtras(x)
	tx.PutUser(&passed)
	return tx.Now(), nil
}

// stepOf is the time step that a code belongs to, if it is one of those that count now.
func stepOf(secret, code string, now time.Time) (step int64, ok bool) {
	code = strings.ReplaceAll(code, " ", "")
	if secret == "" {
		return 0, false
	}
	current := now.Unix() / factorPeriod
	for at := current - factorSkew; at <= current+factorSkew; at++ {
		want, err := hotp.GenerateCode(secret, uint64(at)) //nolint:gosec // the world's clock shows no time before 1970
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = at, true
		}
	}
	return step, ok
}

// enrolling is the secret of a user who has to set up a second factor. It stays the same until a code confirms it.
func enrolling(tx *state.Tx, u *model.User) string {
	secret := tx.Credential(u)
	if secret.TOTPSecret == "" {
		chance := tx.IDs().Sum()
		secret.TOTPSecret = base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(chance[:secretBytes])
		tx.PutCredential(secret)
	}
	return secret.TOTPSecret
}

// An enrolment is what an authenticator app is told: the secret, the same as an address, and that as a picture.
type enrolment struct {
	Secret string
	URI    string
	QR     template.URL
}

func enrolmentOf(secret, service, login string) (*enrolment, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return nil, fmt.Errorf("read the secret of a second factor: %w", err)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: service, AccountName: login, Secret: raw, Period: factorPeriod})
	if err != nil {
		return nil, fmt.Errorf("make the address of a second factor: %w", err)
	}
	const pixels = 384
	picture, err := key.Image(pixels, pixels)
	if err != nil {
		return nil, fmt.Errorf("draw the address of a second factor: %w", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return nil, fmt.Errorf("draw the address of a second factor: %w", err)
	}
	data := "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
	return &enrolment{Secret: secret, URI: key.URL(), QR: template.URL(data)}, nil //nolint:gosec // a picture of ours
}
