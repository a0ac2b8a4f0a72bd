package state

import "github.com/tenantry/tenantry/mock/model"

// RemoveToken revokes one access token and what was narrowed from it, and tells whether there was one. The refresh token
// that was issued with it stays: what is lost is the one credential.
func (tx *Tx) RemoveToken(id string) bool {
	found := Tokens.remove(tx, id)
	tx.revokeAccess(TokensByParent, &model.Token{Parent: id}, func(t *model.Token) bool { return t.Parent == id })
	return found
}
