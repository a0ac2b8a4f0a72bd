package idp

import (
	"context"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// bearer is for two kinds of assertion (wire facts, idp 2.3): an access token, from which one narrowed to a tenant is
// made, and a registration token, with which a device is registered. No client is needed; one that is named has to
// authenticate.
func bearer(keys *auth.Keys) grant {
	return func(ctx context.Context, tx *state.Tx, in *issueIn) (*award, error) {
		if in.Assertion == "" {
			return nil, absent("assertion")
		}
		if _, err := clientOf(ctx, tx.View, in.ClientID, in.ClientSecret); err != nil {
			return nil, err
		}
		if strings.Contains(in.Assertion, ".") {
			return narrower(keys, tx, in)
		}
		return registration(tx, in)
	}
}

// narrower makes a token of an access token. It is for the same holder and client, dies with the first one, and reaches
// no further.
func narrower(keys *auth.Keys, tx *state.Tx, in *issueIn) (*award, error) {
	claims, ok := keys.Claims(in.Assertion)
	t, found := claims.Row(tx)
	if !ok || !found || !t.ExpiresAt.After(tx.Now()) {
		return nil, badAssertion("it is no access token of this server, or it has expired or was revoked")
	}
	actor, err := auth.HolderOf(tx.View, t)
	if err != nil {
		return nil, badAssertion("its holder is disabled")
	}
	a := &award{actor: actor, scope: in.Scope, parent: t, totpAt: t.TOTPAt}
	if c, ok := state.Clients.Get(tx, t.Client); ok {
		a.client = c
	}
	return a, nil
}

// registration makes the token of a device. It has the scopes of the registration token and ends with it; the
// registration token can be used again (wire facts, idp 2.3).
func registration(tx *state.Tx, in *issueIn) (*award, error) {
	r, ok := tx.RegistrationTokenByCode(in.Assertion)
	if !ok {
		return nil, badAssertion("it is no registration token, or it has expired")
	}
	for _, word := range strings.Fields(in.Scope) {
		if strings.HasPrefix(word, "urn:") && !slices.Contains(r.Scopes, word) {
			return nil, badScope("it goes beyond that of the registration token")
		}
	}
	actor, err := ownerOf(tx.View, r.TenantID)
	if err != nil {
		return nil, badAssertion("the user or the tenant that it registers for is disabled")
	}
	return &award{actor: actor, device: &enlisted{
		tenant: r.TenantID, scopes: model.FillTenant(r.Scopes, r.TenantID), until: r.ExpiresAt, silent: true,
	}}, nil
}

func badAssertion(why string) error {
	return model.Errorf(model.Invalid, "invalid_grant", "the assertion is not valid: %s", why)
}
