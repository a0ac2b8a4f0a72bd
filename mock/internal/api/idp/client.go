package idp

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// clientOf is the client that makes the request, authenticated unless it is a public one; nil where the request names
// none. Header and form are both taken, whatever the client's registered method (wire facts, idp 2.2), but not both at
// once (RFC 6749, 2.3).
func clientOf(ctx context.Context, v *state.View, id, secret string) (*model.Client, error) {
	pairs, err := headerPairs(op.Request(ctx))
	switch {
	case err != nil:
		return nil, err
	case pairs == nil && id == "" && secret == "":
		return nil, nil
	case pairs == nil && id == "":
		return nil, absent("client_id")
	case pairs == nil:
		return authenticate(v, [][2]string{{id, secret}})
	case secret != "":
		return nil, model.Errorf(model.Invalid, "invalid_request",
			"the client authenticates twice, by the Authorization header and by client_secret; use one of them")
	case id != "" && !slices.ContainsFunc(pairs, func(p [2]string) bool { return p[0] == id }):
		return nil, model.Errorf(model.Invalid, "invalid_request",
			"the Authorization header and client_id name different clients")
	}
	return authenticate(v, pairs)
}

// headerPairs reads the ways to spell the credentials of a Basic header, nil where there are none. A bearer token is
// ignored: clients that exchange a token send it here too (wire facts, idp 2.3). OAuth libraries that know no client
// send an empty pair.
func headerPairs(r *http.Request) ([][2]string, error) {
	header := r.Header.Get("Authorization")
	scheme, _, _ := strings.Cut(header, " ")
	if header == "" || strings.EqualFold(scheme, "bearer") {
		return nil, nil
	}
	id, secret, ok := r.BasicAuth()
	if !ok {
		return nil, denied("invalid_client", "the Authorization header holds no Basic credentials")
	}
	if id == "" && secret == "" {
		return nil, nil
	}
	return auth.Spellings(id, secret), nil
}

// authenticate finds the client that one of the pairs of id and secret names. The secret of a public client proves
// nothing, so it is not looked at.
func authenticate(v *state.View, pairs [][2]string) (*model.Client, error) {
	for _, pair := range pairs {
		actor, err := auth.ActorOf(v, "", model.ClientID(pair[0]))
		if err != nil {
			continue
		}
		if c := actor.Client; c.AuthMethod == model.AuthNone || c.HasSecret(pair[1]) {
			return c, nil
		}
	}
	return nil, denied("invalid_client", "the client is not known, its secret is wrong, or it or its tenant is disabled")
}

// noClient refuses a request that has to come from a client and names none.
func noClient() error { return denied("invalid_client", "the client has to authenticate") }
