package inject

import (
	"context"
	"net/http"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/model"
)

// said are descriptions such as the endpoint itself gives.
var said = map[string]string{
	"invalid_request":         "a required parameter is missing",
	"invalid_client":          "the client is not known, or its credentials are wrong",
	"invalid_grant":           "the grant is not valid, has expired or was revoked",
	"unauthorized_client":     "the client cannot use this grant",
	"unsupported_grant_type":  "this grant_type is not supported",
	"invalid_scope":           "the scope is not allowed",
	"access_denied":           "the resource owner or the server denied the request",
	"temporarily_unavailable": "the server is overloaded or under maintenance; try again later",
	"server_error":            "the server met an unexpected condition",
}

// tokenError answers for the token endpoint, in its flat form.
func tokenError(ctx context.Context, c *call) error {
	if !about(c.ex, "issueToken") {
		return c.next(ctx, c.ex)
	}
	p := c.hit.Params.(*fault.TokenError)
	c.ex.FailWith(p.Status, &model.Error{Reason: p.Error, Message: said[p.Error], Header: retryAfter(p.RetryAfter)})
	if p.Status == http.StatusUnauthorized {
		c.ex.Reply.Header.Set("WWW-Authenticate", `Basic realm="Account Management API"`)
	}
	return nil
}
