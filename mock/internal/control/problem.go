package control

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/model"
)

// statuses translates the kinds of refusal. It is the only place of the control plane that does.
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

// problemType comes before the sort of a problem, so that it is a URI as RFC 9457, 3.1.1 wants it.
const problemType = "urn:tenantry:problem:"

// A problem is a refusal as it is sent (RFC 9457).
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Instance string `json:"instance,omitempty"`
	Problems []part `json:"problems,omitempty"`

	header http.Header
}

// A part is one thing that is wrong with a request.
type part struct {
	Pointer string `json:"pointer"` // into the body, or the name of a parameter
	Detail  string `json:"detail"`
}

func (p *problem) Error() string { return p.Detail }

func newProblem(status int, reason, format string, args ...any) *problem {
	title := strings.ReplaceAll(reason, "_", " ")
	title = strings.ToUpper(title[:1]) + title[1:]
	return &problem{Type: problemType + reason, Title: title, Status: status, Detail: fmt.Sprintf(format, args...)}
}

// invalid is the refusal of a request for everything that is wrong with it; nil for nothing.
func invalid(reason string, parts []part) error {
	if len(parts) == 0 {
		return nil
	}
	texts := make([]string, len(parts))
	for i, one := range parts {
		texts[i] = cmp.Or(one.Pointer, "the body") + " " + one.Detail
	}
	p := newProblem(http.StatusBadRequest, reason, "%s", strings.Join(texts, "; "))
	p.Problems = parts
	return p
}

// badRules refuses fault rules that stand below a pointer.
func badRules(below string, found []fault.Problem) error {
	parts := make([]part, len(found))
	for i, f := range found {
		parts[i] = part{Pointer: below + f.Pointer, Detail: f.Detail}
	}
	return invalid("invalid_fault", parts)
}

// badMatch gathers what is wrong with a matcher that stands below a pointer.
func badMatch(below string, found []match.Problem) []part {
	parts := make([]part, len(found))
	for i, f := range found {
		parts[i] = part{Pointer: below + f.Pointer, Detail: f.Detail}
	}
	return parts
}

// problemOf is how an error is sent; known tells whether it is a refusal, or a breakage that tells nothing of its inside.
func problemOf(err error) (p *problem, known bool) {
	if errors.As(err, &p) {
		return p, true
	}
	refusal := &model.Error{}
	if errors.As(err, &refusal) && refusal.Kind != model.Internal {
		p = newProblem(statuses[refusal.Kind], reasonOf(refusal), "%s", err)
		p.header = http.Header{}
		for name, value := range refusal.Header {
			p.header.Set(name, value)
		}
		return p, true
	}
	tooLarge := &http.MaxBytesError{}
	switch {
	case errors.As(err, &tooLarge):
		return newProblem(http.StatusRequestEntityTooLarge, "body_too_large", "the body is larger than %d bytes", tooLarge.Limit), true
	case errors.Is(err, context.Canceled):
		return newProblem(http.StatusServiceUnavailable, "interrupted", "the request was given up before it was answered"), true
	}
	return newProblem(http.StatusInternalServerError, "internal", "an internal error has occurred; the server's log has it"), false
}

func reasonOf(e *model.Error) string {
	if e.Reason == "" {
		return "refused"
	}
	return e.Reason
}

// refuse sends an error as a problem, and logs what is our own fault.
func (c *Control) refuse(w http.ResponseWriter, r *http.Request, err error) {
	found, known := problemOf(err)
	if !known {
		c.log.ErrorContext(r.Context(), "control request failed",
			slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Any("error", err))
	}
	p := *found
	p.Instance = r.URL.Path
	body, _ := op.Encode(&p) // plain texts and numbers always encode
	header := p.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	header.Set("Content-Type", "application/problem+json")
	send(w, &op.Reply{Status: p.Status, Header: header, Body: body})
}
