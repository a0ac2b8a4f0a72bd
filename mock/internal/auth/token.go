package auth

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// AccessLife is how long an access token counts (wire facts, idp 2.1).
const AccessLife = 2 * time.Hour

// NewToken is the row of an access token that is issued now, before it is said to whom. It carries whole seconds, so
// that the row dies in the second that the token names.
func NewToken(tx *state.Tx) *model.Token {
	now := tx.Now().Truncate(time.Second)
	t := &model.Token{ID: tx.IDs().Alnum22(), IssuedAt: now, ExpiresAt: now.Add(AccessLife)}
	t.Family = t.ID
	return t
}

// SignClaims makes a token of claims. header are further header members; nil for none.
func (k *Keys) SignClaims(typ string, claims any, header map[string]any) (string, error) {
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("encode the claims of a token: %w", err)
	}
	return k.Sign(typ, payload, header)
}
