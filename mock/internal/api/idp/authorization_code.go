package idp

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// authorizationCode gives tokens for a code that authorize sent to the client (RFC 6749, 4.1.3). A code is good once: a
// second attempt kills the tokens of the first, because one of the two who had it stole it. The scope is that of the code
// (reference, POST /idp/token); redirect_uri, which the reference does not list, has to fit where it is sent.
func authorizationCode(ctx context.Context, tx *state.Tx, in *issueIn) (*award, error) {
	if in.Code == "" {
		return nil, absent("code")
	}
	c, err := clientOf(ctx, tx.View, in.ClientID, in.ClientSecret)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, noClient()
	}
	code, ok := state.AuthCodes.Get(tx, auth.HashCookie(in.Code))
	if !ok || code.Client != c.ID {
		return nil, badCode("it is not known, or it was issued to somebody else")
	}
	if code.Family != "" {
		tx.RevokeFamily(code.Family)
		return nil, op.Kept{Err: badCode("it was used before; all tokens issued for it are revoked")}
	}
	if err := checkCode(tx, code, in); err != nil {
		return nil, err
	}
	actor, err := auth.ActorOf(tx.View, code.User, "")
	if err != nil {
		return nil, badCode("its user is disabled")
	}
	spent := *code
	spent.Family = tx.IDs().Alnum22()
	tx.PutAuthCode(&spent)
	return &award{
		actor: actor, client: c, scope: code.Scope, family: spent.Family, nonce: code.Nonce, totpAt: code.TOTPAt,
	}, nil
}

func checkCode(tx *state.Tx, code *model.AuthCode, in *issueIn) error {
	switch {
	case !code.ExpiresAt.After(tx.Now()):
		return badCode("it has expired")
	case in.RedirectURI != "" && in.RedirectURI != code.RedirectURI:
		return badCode("redirect_uri is not the one that it was sent to")
	}
	return code.CheckVerifier(in.Verifier)
}

func badCode(why string) error {
	return model.Errorf(model.Invalid, "invalid_grant", "the authorization code is not valid: %s", why)
}
