package state

import (
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

// purgeEach is how many dead rows each new token takes away, so that the tables stay bounded.
const purgeEach = 4

// PutToken writes an access token and takes a few expired rows away.
func (tx *Tx) PutToken(t *model.Token) {
	Tokens.put(tx, t)
	tx.purge()
}

// PutRefresh writes a refresh token.
func (tx *Tx) PutRefresh(t *model.RefreshToken) { Refreshes.put(tx, t) }

// PutSession writes a browser session and takes a few expired ones away.
func (tx *Tx) PutSession(s *model.Session) {
	Sessions.put(tx, s)
	sweep(tx, Sessions, SessionsByExpiry, func(s *model.Session) bool { return s.ExpiresAt.Before(tx.now) })
}

// RemoveSession ends a browser session.
func (tx *Tx) RemoveSession(hash string) bool { return Sessions.remove(tx, hash) }

func (tx *Tx) purge() {
	dead := func(at time.Time) bool { return at.Before(tx.now) }
	for range purgeEach {
		t, ok := TokensByExpiry.First(tx, &model.Token{}, func(t *model.Token) bool { return dead(t.ExpiresAt) })
		if !ok {
			break
		}
		Tokens.remove(tx, t.ID)
	}
	for range purgeEach {
		r, ok := RefreshesByExpiry.First(tx, &model.RefreshToken{}, func(r *model.RefreshToken) bool { return dead(r.ExpiresAt) })
		if !ok {
			break
		}
		Refreshes.remove(tx, r.Hash)
	}
}

// RevokeFamily kills all tokens that were issued together or by rotation, and what was narrowed from them.
func (tx *Tx) RevokeFamily(family string) {
	inAccess := func(t *model.Token) bool { return t.Family == family }
	tx.revokeAccess(TokensByFamily, &model.Token{Family: family}, inAccess)
	inRefresh := func(t *model.RefreshToken) bool { return t.Family == family }
	tx.revokeRefresh(RefreshesByFamily, &model.RefreshToken{Family: family}, inRefresh)
}

// RevokeUser kills all tokens and sessions of a user, and the codes and one-time tokens that could still become one.
func (tx *Tx) RevokeUser(id model.UserID) {
	tx.revokeAccess(TokensByUser, &model.Token{User: id}, func(t *model.Token) bool { return t.User == id })
	tx.revokeRefresh(RefreshesByUser, &model.RefreshToken{User: id}, func(t *model.RefreshToken) bool { return t.User == id })
	var hashes []string
	for s := range SessionsByUser.While(tx, &model.Session{User: id}, func(s *model.Session) bool { return s.User == id }) {
		hashes = append(hashes, s.Hash)
	}
	for _, hash := range hashes {
		Sessions.remove(tx, hash)
	}
	removeAll(tx, AuthCodes, func(c *model.AuthCode) bool { return c.User == id })
	removeAll(tx, OneTimeTokens, func(t *model.OneTimeToken) bool { return t.User == id })
}

// removeAll walks a whole table, which is for those that sweeping keeps small.
func removeAll[K ~string, R any](tx *Tx, k Kind[K, R], gone func(*R) bool) {
	var keys []K
	for row := range k.All(tx) {
		if gone(row) {
			keys = append(keys, K(k.def.key(row)))
		}
	}
	for _, key := range keys {
		k.remove(tx, key)
	}
}

// RevokeClient kills all tokens of a client.
func (tx *Tx) RevokeClient(id model.ClientID) {
	tx.revokeAccess(TokensByClient, &model.Token{Client: id}, func(t *model.Token) bool { return t.Client == id })
	tx.revokeRefresh(RefreshesByClient, &model.RefreshToken{Client: id}, func(t *model.RefreshToken) bool { return t.Client == id })
}

// revokeBelow kills the tokens of all users and clients of a tenant and of the tenants below it.
func (tx *Tx) revokeBelow(root model.TenantID) {
	for _, t := range tx.subtree(root) {
		for _, u := range tx.TenantUsers(t.ID) {
			tx.RevokeUser(u.ID)
		}
		for _, c := range tx.TenantClients(t.ID) {
			tx.RevokeClient(c.ID)
		}
	}
}

func (tx *Tx) revokeAccess(by Index[model.Token], pivot *model.Token, in func(*model.Token) bool) {
	var ids []string
	for t := range by.While(tx, pivot, in) {
		ids = append(ids, t.ID)
	}
	for _, id := range ids {
		Tokens.remove(tx, id)
		tx.revokeAccess(TokensByParent, &model.Token{Parent: id}, func(t *model.Token) bool { return t.Parent == id })
	}
}

func (tx *Tx) revokeRefresh(by Index[model.RefreshToken], pivot *model.RefreshToken, in func(*model.RefreshToken) bool) {
	var hashes []string
	for t := range by.While(tx, pivot, in) {
		hashes = append(hashes, t.Hash)
	}
	for _, hash := range hashes {
		Refreshes.remove(tx, hash)
	}
}
