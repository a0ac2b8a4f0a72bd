package inject

import (
	"context"
	"maps"
	"net/http"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/model"
)

// flatError is the error of the token endpoint (wire facts, idp 1.1).
type flatError struct {
	Domain      string `json:"domain"`
	Reason      string `json:"reason"`
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

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

// tokenError answers for the token endpoint. It makes the body itself: the shared translation turns what is the server's
// own fault into the API's envelope, and here that is what is asked for.
func tokenError(ctx context.Context, c *call) error {
	if !about(c.ex, "issueToken") {
		return c.next(ctx, c.ex)
	}
	p := c.hit.Params.(*fault.TokenError)
	if err := madeUp(c.ex, model.Errorf(model.Invalid, p.Error, "%s", said[p.Error])); err != nil {
		return err
	}
	body, err := op.Encode(flatError{Domain: "Access", Reason: inWords(p.Error), Error: p.Error, Description: said[p.Error]})
	if err != nil {
		return err
	}
	c.ex.Reply.Status, c.ex.Reply.Body = p.Status, body
	header := map[string]string{}
	maps.Copy(header, retryAfter(p.RetryAfter))
	if p.Status == http.StatusUnauthorized {
		header["WWW-Authenticate"] = `Basic realm="Account Management API"`
	}
	for name, value := range header {
		c.ex.Reply.Header.Set(name, value)
	}
	return nil
}

// inWords is the form of reason seen on the wire: invalid_client becomes InvalidClient.
func inWords(code string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(code, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}
