package inject

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A tampering is what happens to the tokens of an answer once they are issued.
type tampering struct {
	forge  func(*auth.Claims) auth.Forgery // what both tokens become; nil: they stay
	row    func(*model.Token)              // what becomes of the row; nil: it is removed, so that the API refuses the token
	answer func(*auth.Claims) map[string]any
}

// leeway is more than what clients allow for clocks that differ.
const leeway = time.Minute

func expiredToken(ctx context.Context, c *call) error {
	return tampered(ctx, c, tampering{forge: func(was *auth.Claims) auth.Forgery {
		expired := was.IssuedAt - int64(leeway/time.Second)
		return auth.Forgery{Claims: map[string]any{"exp": expired, "iat": expired - (was.ExpiresAt - was.IssuedAt)}}
	}})
}

func earlyExpiry(ctx context.Context, c *call) error {
	after := time.Duration(c.hit.Params.(*fault.EarlyExpiry).After)
	return tampered(ctx, c, tampering{row: func(t *model.Token) {
		if early := t.IssuedAt.Add(after); early.Before(t.ExpiresAt) {
			t.ExpiresAt = early
		}
	}})
}

func badSignature(ctx context.Context, c *call) error {
	return tampered(ctx, c, tampering{forge: func(*auth.Claims) auth.Forgery { return auth.Forgery{Spoiled: true} }})
}

func wrongIssuer(ctx context.Context, c *call) error {
	issuer := c.hit.Params.(*fault.WrongIssuer).Issuer
	return tampered(ctx, c, tampering{forge: func(*auth.Claims) auth.Forgery {
		return auth.Forgery{Claims: map[string]any{"iss": issuer}}
	}})
}

func wrongAudience(ctx context.Context, c *call) error {
	audience := c.hit.Params.(*fault.WrongAudience).Audience
	return tampered(ctx, c, tampering{forge: func(*auth.Claims) auth.Forgery {
		return auth.Forgery{Claims: map[string]any{"aud": audience}}
	}})
}

// signedAnew has the tokens signed with the second key. Their row names it, else they would not count.
func signedAnew(ctx context.Context, c *call) error {
	return tampered(ctx, c, tampering{
		forge: func(*auth.Claims) auth.Forgery { return auth.Forgery{Keys: c.keys.Rotated()} },
		row:   func(t *model.Token) { t.Key = c.keys.Rotated().ID() },
	})
}

// clockSkew moves all times of the tokens ahead. The row goes with them: it is what ties a token to the world.
func clockSkew(ctx context.Context, c *call) error {
	by := time.Duration(c.hit.Params.(*fault.ClockSkew).By)
	ahead := int64(by / time.Second)
	return tampered(ctx, c, tampering{
		forge: func(was *auth.Claims) auth.Forgery {
			from := was.IssuedAt + ahead
			return auth.Forgery{Claims: map[string]any{"iat": from, "nbf": from, "exp": was.ExpiresAt + ahead}}
		},
		row: func(t *model.Token) {
			t.IssuedAt, t.ExpiresAt = t.IssuedAt.Add(by), t.ExpiresAt.Add(by)
		},
		answer: func(was *auth.Claims) map[string]any { return map[string]any{"expires_on": was.ExpiresAt + ahead} },
	})
}

// tampered lets tokens be issued and changes them before they leave: the answer, then the row. Tokens that another fault
// has made unreadable stay as they are.
func tampered(ctx context.Context, c *call, t tampering) error {
	if err := c.next(ctx, c.ex); err != nil || !about(c.ex, "issueToken") || c.ex.Reply.Status != http.StatusOK {
		return err
	}
	var answer struct {
		Access string `json:"access_token"`
		ID     string `json:"id_token"`
	}
	if err := json.Unmarshal(c.ex.Reply.Body, &answer); err != nil {
		return nil //nolint:nilerr // the answer is another fault's
	}
	claims, ok := c.keys.Claims(answer.Access)
	if !ok {
		return nil
	}
	if t.forge != nil {
		if err := replaceTokens(c, t.forge(claims), answer.Access, answer.ID); err != nil {
			return err
		}
	}
	if t.answer != nil {
		for name, value := range t.answer(claims) {
			if err := edit(c.ex, name, value); err != nil {
				return err
			}
		}
	}
	return c.ex.World.State.Update(ctx, func(tx *state.Tx) error {
		changeRow(tx, claims, t.row)
		return nil
	})
}

func replaceTokens(c *call, f auth.Forgery, access, id string) error {
	for name, token := range map[string]string{"access_token": access, "id_token": id} {
		forged, ok := c.keys.Forge(token, f)
		if !ok {
			continue
		}
		if err := edit(c.ex, name, forged); err != nil {
			return err
		}
	}
	return nil
}

func changeRow(tx *state.Tx, claims *auth.Claims, change func(*model.Token)) {
	row, ok := claims.Row(tx)
	switch {
	case !ok:
	case change == nil:
		tx.RemoveToken(row.ID)
	default:
		changed := *row
		change(&changed)
		tx.PutToken(&changed)
	}
}
