package inject

import (
	"context"
	"net/http"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// oauthEffects are what the kinds of the family do.
var oauthEffects = map[string]effect{
	"token_error":    tokenError,
	"expired_token":  expiredToken,
	"early_expiry":   earlyExpiry,
	"bad_signature":  badSignature,
	"wrong_issuer":   wrongIssuer,
	"wrong_audience": wrongAudience,
	"revoked":        revoked,
	"scope_reduced":  scopeReduced,
	"role_changed":   roleChanged,
	"key_rotation":   keyRotation,
	"jwks_down":      jwksDown,
	"jwks_stale":     jwksStale,
	"clock_skew":     clockSkew,
}

// revoked kills the token that the request presents. The request then finds out who makes it once more, and is refused
// as any request with such a token is.
func revoked(ctx context.Context, c *call) error {
	if c.ex.Actor == nil || c.ex.Actor.Token == nil {
		return c.next(ctx, c.ex)
	}
	id := c.ex.Actor.Token.ID
	err := c.ex.World.State.Update(ctx, func(tx *state.Tx) error {
		tx.RemoveToken(id)
		return nil
	})
	if err != nil {
		return err
	}
	return auth.New(c.keys).Identify(c.next)(ctx, c.ex)
}

// scopeReduced takes all rights from who makes the request.
func scopeReduced(ctx context.Context, c *call) error {
	return regranted(ctx, c, func([]model.Grant) []model.Grant { return nil })
}

// roleChanged gives who makes the request one role in place of all others, wherever there was one.
func roleChanged(ctx context.Context, c *call) error {
	role := c.hit.Params.(*fault.RoleChanged).Role
	return regranted(ctx, c, func(grants []model.Grant) []model.Grant {
		var changed []model.Grant
		for _, g := range grants {
			if !slices.ContainsFunc(changed, func(to model.Grant) bool { return to.Tenant == g.Tenant }) {
				changed = append(changed, model.Grant{Tenant: g.Tenant, Role: role, Scopes: model.RoleScopes(role)})
			}
		}
		return changed
	})
}

// regranted lets the request go on with other rights. Whether they suffice, the gates and the operation say.
func regranted(ctx context.Context, c *call, change func([]model.Grant) []model.Grant) error {
	if c.ex.Actor != nil {
		actor := *c.ex.Actor
		actor.Grants = change(actor.Grants)
		c.ex.Actor = &actor
	}
	return c.next(ctx, c.ex)
}

// keyRotation signs with the second key, and lists it.
func keyRotation(ctx context.Context, c *call) error {
	if !about(c.ex, "listKeys") {
		return signedAnew(ctx, c)
	}
	if err := c.next(ctx, c.ex); err != nil || c.ex.Reply.Status != http.StatusOK {
		return err
	}
	return edit(c.ex, "keys", c.keys.RotatedSet().Keys)
}

// jwksStale signs with the second key. The list stays as it is: that is the fault.
func jwksStale(ctx context.Context, c *call) error { return signedAnew(ctx, c) }

func jwksDown(ctx context.Context, c *call) error {
	if !about(c.ex, "listKeys") {
		return c.next(ctx, c.ex)
	}
	status := c.hit.Params.(*fault.JWKSDown).Status
	c.ex.FailWith(status, &model.Error{Info: "the keys cannot be read at the moment"})
	return nil
}

func about(ex *op.Exchange, id string) bool { return ex.Operation != nil && ex.Operation.ID == id }
