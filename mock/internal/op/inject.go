package op

import (
	"net/http"

	"github.com/tenantry/tenantry/mock/model"
)

// FailWith puts a refusal with any status into the exchange, in the envelope that the operation uses for it. It is how
// faults answer: Fail derives the status from the kind of the error, and there is none for 429 or 502. A reason is sent
// as it stands in the flat envelope; a status documented with neither envelope gets the API's.
func (ex *Exchange) FailWith(status int, e *model.Error) {
	refusal := *e
	if refusal.Message == "" {
		refusal.Message = http.StatusText(status)
	}
	ex.Err = &refusal
	ex.Reply = Reply{Status: status, Header: http.Header{"Content-Type": {jsonType}}}
	for name, value := range refusal.Header {
		ex.Reply.Header.Set(name, value)
	}
	var body any = apiEnvelope(status, &refusal)
	if ex.Operation != nil && ex.Operation.FlatError(status) {
		body = flatEnvelopeOf(flatReason(status, refusal.Reason), refusal.Error())
	}
	ex.Reply.Body, _ = Encode(body) // plain texts and numbers always encode
	ex.Inject()
}

// Inject says that the reply is a fault's work: it is no evidence of what the operation says, and is not held to the
// document.
func (ex *Exchange) Inject() { ex.Injected, ex.Cause = true, CauseInjected }

// flatReason is the error code of RFC 6749, 4.1.2.1 and 5.2, that goes with a status.
func flatReason(status int, reason string) string {
	switch {
	case reason != "":
		return reason
	case status == http.StatusUnauthorized:
		return "invalid_client"
	case status == http.StatusForbidden:
		return "access_denied"
	case status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests:
		return "temporarily_unavailable"
	case status >= http.StatusInternalServerError:
		return "server_error"
	default:
		return "invalid_request"
	}
}

func flatEnvelopeOf(code, description string) oauthError {
	return oauthError{Domain: "Access", Reason: camel(code), Error: code, Description: description}
}
