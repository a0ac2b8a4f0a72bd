package idp

import (
	"crypto/hmac"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// ticketLife is how long a person may look for the second factor.
const ticketLife = 5 * time.Minute

// A ticket says that a browser gave the right password of a user a moment ago, so that the second step of a login need
// not repeat it. It holds for the same browser, the same purpose and the same password only, and is worth nothing without
// a code of the second factor.
func (g guard) ticket(v *state.View, u *model.User, about string) string {
	body := fmt.Sprintf("%s.%d", u.ID, v.Now().Add(ticketLife).Unix())
	return body + "." + g.stamp(v, u, about, body)
}

func (g guard) stamp(v *state.View, u *model.User, about, body string) string {
	secret := v.Credential(u)
	return seal(v, "ticket", g.browser, about, body, secret.Hash)
}

// holder is the user of a ticket that still holds.
func (g guard) holder(v *state.View, ticket, about string) (*model.User, error) {
	stale := model.Errorf(model.Unauthenticated, "stale_ticket", "this login took too long, please begin again")
	end := strings.LastIndexByte(ticket, '.')
	if end < 0 {
		return nil, stale
	}
	body, stamp := ticket[:end], ticket[end+1:]
	id, until, _ := strings.Cut(body, ".")
	u, err := v.LiveUser(model.UserID(id))
	if err != nil || !hmac.Equal([]byte(stamp), []byte(g.stamp(v, u, about, body))) {
		return nil, stale
	}
	if sec, err := strconv.ParseInt(until, 10, 64); err != nil || v.Now().Unix() >= sec {
		return nil, stale
	}
	return u, nil
}
