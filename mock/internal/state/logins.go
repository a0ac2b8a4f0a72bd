package state

import (
	"iter"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

// keepDead is how long a spent or expired code is still known, so that a replay is seen and a late question gets the
// right refusal. It is the life of the tokens that a replay has to kill.
const keepDead = 2 * time.Hour

// PutAuthCode writes an authorization code and takes a few long dead ones away.
func (tx *Tx) PutAuthCode(c *model.AuthCode) {
	AuthCodes.put(tx, c)
	sweep(tx, AuthCodes, CodesByExpiry, func(c *model.AuthCode) bool { return c.ExpiresAt.Add(keepDead).Before(tx.now) })
}

// PutDeviceCode writes a device code and takes a few long dead ones away.
func (tx *Tx) PutDeviceCode(d *model.DeviceCode) {
	DeviceCodes.put(tx, d)
	sweep(tx, DeviceCodes, DevicesByExpiry, func(d *model.DeviceCode) bool { return d.ExpiresAt.Add(keepDead).Before(tx.now) })
}

// DeviceByUserCode finds the device code that a person approves by a user code in its normal form.
func (v *View) DeviceByUserCode(code string) (*model.DeviceCode, bool) {
	return DevicesByCode.First(v, &model.DeviceCode{UserCode: code}, func(d *model.DeviceCode) bool { return d.UserCode == code })
}

// PutOneTimeToken writes a one-time token and takes a few expired ones away.
func (tx *Tx) PutOneTimeToken(t *model.OneTimeToken) {
	OneTimeTokens.put(tx, t)
	sweep(tx, OneTimeTokens, OneTimeByExpiry, func(t *model.OneTimeToken) bool { return t.ExpiresAt.Before(tx.now) })
}

// TakeOneTimeToken takes a one-time token away: it can be used once. ok is false for one that is not known or has
// expired.
func (tx *Tx) TakeOneTimeToken(hash string) (t *model.OneTimeToken, ok bool) {
	t, ok = OneTimeTokens.Get(tx, hash)
	if !ok || !t.ExpiresAt.After(tx.now) {
		return nil, false
	}
	OneTimeTokens.remove(tx, hash)
	return t, true
}

// sweep takes a few rows away that are dead, from the beginning of an order that has the oldest first.
func sweep[K ~string, R any](tx *Tx, k Kind[K, R], by Index[R], dead func(*R) bool) {
	for range purgeEach {
		row, ok := by.First(tx, new(R), dead)
		if !ok {
			return
		}
		k.remove(tx, K(k.def.key(row)))
	}
}

// UsersByLogin walks the live users with the login, compared without regard to case, oldest first.
func (v *View) UsersByLogin(login string) iter.Seq[*model.User] {
	key := model.LoginKey(strings.TrimSpace(login))
	return UsersByLogin.While(v, &model.User{Login: key}, func(u *model.User) bool { return u.LoginKey() == key })
}

// UsersByExternalID walks the live users with the external id, in the order of their ids.
func (v *View) UsersByExternalID(id string) iter.Seq[*model.User] {
	return func(yield func(*model.User) bool) {
		for u := range v.EverByExternalID(id) {
			if !u.Deleted() && !yield(u) {
				return
			}
		}
	}
}

// EverByExternalID is UsersByExternalID with the deleted ones.
func (v *View) EverByExternalID(id string) iter.Seq[*model.User] {
	pivot := &model.User{UserExtras: &model.UserExtras{ExternalID: id}}
	return UsersByExternal.While(v, pivot, func(u *model.User) bool { return u.Extras().ExternalID == id })
}
