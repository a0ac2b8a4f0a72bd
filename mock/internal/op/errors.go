package op

import (
	"errors"
	"net/http"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// domain is the service that speaks in the API's envelope (wire facts, core 2.4).
const domain = "PlatformAccountServer"

// statuses translates the kinds of refusal. It is the only place that does.
var statuses = map[model.Kind]int{
	model.Internal:         http.StatusInternalServerError,
	model.Invalid:          http.StatusBadRequest,
	model.Unauthenticated:  http.StatusUnauthorized,
	model.Forbidden:        http.StatusForbidden,
	model.NotFound:         http.StatusNotFound,
	model.NotAllowed:       http.StatusMethodNotAllowed,
	model.NotAcceptable:    http.StatusNotAcceptable,
	model.Conflict:         http.StatusConflict,
	model.TooLarge:         http.StatusRequestEntityTooLarge,
	model.UnsupportedMedia: http.StatusUnsupportedMediaType,
	model.UpgradeRequired:  http.StatusUpgradeRequired,
	model.NotImplemented:   http.StatusNotImplemented,
	model.Unavailable:      http.StatusServiceUnavailable,
}

type envelope struct {
	Error apiError `json:"error"`
}

// apiError is the vendor's errorScheme (wire facts, idp 1.1).
type apiError struct {
	Code    int            `json:"code"`
	Message string         `json:"message"`
	Details errorDetails   `json:"details"`
	Context map[string]any `json:"context"`
	Domain  string         `json:"domain"`
}

type errorDetails struct {
	Info     *string          `json:"info"`
	Addition []map[string]any `json:"addition"`
}

// oauthError is the flat envelope of the OAuth endpoints (wire facts, idp 1.1).
type oauthError struct {
	Domain      string `json:"domain"`
	Reason      string `json:"reason"`
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

// Fail puts an error into the exchange: a refusal as it says, anything else as an internal error that
// tells nothing of its inside.
func (ex *Exchange) Fail(err error) {
	ex.Err = err
	refusal := &model.Error{}
	if !errors.As(err, &refusal) {
		refusal = &model.Error{Kind: model.Internal, Platform: model.CodeInternal, Message: "An error has occurred."}
	}
	if ex.Cause == CauseNone {
		ex.Cause = causeOf(refusal)
	}
	status := statuses[refusal.Kind]
	ex.Reply = Reply{Status: status, Header: http.Header{}}
	if page := (Shown{}); errors.As(err, &page) {
		_ = ex.replyDocument(page.Page) // a page is no JSON, so it needs no encoding
		return
	}
	ex.Reply.Header.Set("Content-Type", jsonType)
	for name, value := range refusal.Header {
		ex.Reply.Header.Set(name, value)
	}
	var body any = apiEnvelope(status, refusal)
	if ex.Operation != nil && ex.Operation.FlatError(status) && refusal.Kind != model.Internal {
		body = flatEnvelope(refusal)
	}
	ex.Reply.Body, _ = Encode(body) // plain texts and numbers always encode
}

func causeOf(e *model.Error) Cause {
	switch e.Kind {
	case model.Unauthenticated:
		return CauseAuth
	case model.Forbidden:
		return CausePolicy
	case model.Internal:
		return CauseNone
	default:
		return CauseState
	}
}

func apiEnvelope(status int, e *model.Error) envelope {
	out := apiError{Code: status, Message: e.Message, Context: e.Context, Domain: domain}
	if e.Platform != 0 {
		out.Code = e.Platform
	}
	if out.Context == nil {
		out.Context = map[string]any{}
	}
	out.Details = errorDetails{Info: info(e), Addition: e.Addition}
	if out.Details.Addition == nil {
		out.Details.Addition = []map[string]any{}
	}
	return envelope{out}
}

func info(e *model.Error) *string {
	switch {
	case e.NoInfo:
		return nil
	case e.Info == "":
		return &e.Message
	}
	text := strings.TrimSuffix(e.Info, model.Blank)
	return &text
}

func flatEnvelope(e *model.Error) oauthError {
	code := e.Reason
	if !oauthCodes[code] {
		code = flatCode(e.Kind)
	}
	return oauthError{Domain: "Access", Reason: camel(code), Error: code, Description: e.Error()}
}

// oauthCodes are those of RFC 6749, 7009 and 8628, and the second-factor ones of the vendor's schema.
var oauthCodes = map[string]bool{
	"invalid_request": true, "invalid_client": true, "invalid_grant": true, "unauthorized_client": true,
	"unsupported_grant_type": true, "invalid_scope": true, "access_denied": true, "unsupported_token_type": true,
	"authorization_pending": true, "slow_down": true, "expired_token": true, "temporarily_unavailable": true,
	"totp_required": true, "totp_setup_required": true, "invalid_totp": true,
}

func flatCode(k model.Kind) string {
	switch k {
	case model.Forbidden:
		return "access_denied"
	case model.Unauthenticated:
		return "invalid_client"
	case model.Unavailable:
		return "temporarily_unavailable"
	default:
		return "invalid_request"
	}
}

// camel is the form of reason seen on the wire: invalid_client becomes InvalidClient.
func camel(snake string) string {
	out := make([]byte, 0, len(snake))
	up := true
	for i := range len(snake) {
		c := snake[i]
		switch {
		case c == '_':
			up = true
			continue
		case up && c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		}
		up = false
		out = append(out, c)
	}
	return string(out)
}
