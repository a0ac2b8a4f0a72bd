package record

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/model"
)

// Requests is the middleware that journals. It stands outside everything that makes replies, refusals included, and
// inside what reads the body and chooses the world. It leaves the number of the entry in the exchange.
func Requests(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if ex.World == nil || ex.World.Journal == nil {
			return next(ctx, ex)
		}
		began := det.Wall()
		e := arrived(ex, began)
		ex.World.Journal.Begin(e)
		ex.Entry = e.N
		err := next(ctx, ex)
		if err != nil {
			ex.Fail(err) // settled here at the latest: the entry says what is sent
		}
		complete(ex, began)
		return nil
	}
}

// Actors is the middleware that adds the actor and the tenants to the entry of a request that may be held up: where there
// are fault rules. It stands after what identifies the actor and before what applies faults. All other requests get them
// when they are completed, which is soon.
func Actors(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if ex.Entry != 0 && !ex.World.Faults.Empty() {
			who, tenants := actor(ex), ex.Seen().Tenants
			ex.World.Journal.Amend(ex.Entry, func(e *journal.Entry) { e.Actor, e.Tenants = who, tenants })
		}
		return next(ctx, ex)
	}
}

// Sent notes whether the reply left as it was decided; err is why not.
func Sent(ex *op.Exchange, err error) {
	if ex.Entry != 0 {
		ex.World.Journal.Delivered(ex.Entry, err == nil)
	}
}

// arrived is the entry as of the arrival.
func arrived(ex *op.Exchange, now time.Time) *journal.Entry {
	r := ex.Request
	e := &journal.Entry{
		ID: det.RandomID(), Sandbox: ex.World.ID, Method: r.Method, Path: dialled(r), Time: now,
		Actor: journal.Actor{Kind: journal.ByNobody},
		Request: journal.Request{
			Headers: journal.Pack(r.Header), Query: journal.MaskQuery(r.URL.RawQuery),
			Body: journal.MaskRequest(r.Header.Get("Content-Type"), ex.Body),
		},
	}
	if ex.World.Clock != nil {
		e.WorldTime = ex.World.Clock.Now()
	}
	if ex.Operation != nil {
		e.Operation, e.Tags = ex.Operation.ID, ex.Operation.Tags
	}
	return e
}

// dialled is the path as the client sent it, with the sandbox's prefix. A copy: beside it the query may hold secrets.
func dialled(r *http.Request) string {
	if path, _, _ := strings.Cut(r.RequestURI, "?"); strings.HasPrefix(path, "/") {
		return strings.Clone(path)
	}
	return r.URL.EscapedPath()
}

// complete fills in what is known at the end. The work is done before the journal is locked.
func complete(ex *op.Exchange, began time.Time) {
	seen := ex.Seen()
	who, tenants, cause := actor(ex), seen.Tenants, seen.Cause
	reply := journal.Response{
		Status: ex.Reply.Status, Headers: journal.Pack(ex.Reply.Header),
		Body: journal.MaskResponse(ex.Reply.Header.Get("Content-Type"), ex.Reply.Body),
	}
	var violations, warnings []journal.Finding
	if ex.Checked != nil && len(ex.Checked.Findings) > 0 {
		violations, warnings = journal.Split(ex.Checked.Findings)
	}
	reason, code := refusal(ex.Err)
	if reply.Status >= http.StatusBadRequest { // a refusal may repeat what it refuses
		echo := journal.Echoes(ex.Request.Header, ex.Request.URL.RawQuery, ex.Request.Header.Get("Content-Type"), ex.Body)
		reply.Text, reason = echo.Mask(reply.Text), echo.Mask(reason)
	}
	var faults []journal.Fault
	for _, f := range ex.Faults {
		faults = append(faults, journal.Fault(f))
	}
	lasted := det.Since(began).Microseconds()
	ex.World.Journal.Complete(ex.Entry, func(e *journal.Entry) {
		e.Actor, e.Tenants, e.Response, e.Findings, e.Warnings = who, tenants, reply, violations, warnings
		e.Cause, e.Reason, e.Code, e.Faults, e.Injected, e.Seq = cause, reason, code, faults, ex.Injected, ex.Seq
		e.Duration = lasted
	})
}

// refusal is the error in words, and its platform code. What broke inside is told too: the journal is read by whoever
// runs the server.
func refusal(err error) (reason string, code int) {
	if err == nil {
		return "", 0
	}
	if e := (&model.Error{}); errors.As(err, &e) {
		if e.Why != "" {
			return e.Why, e.Platform
		}
		return e.Error(), e.Platform
	}
	return strings.ToValidUTF8(err.Error()[:min(len(err.Error()), maxReason)], ""), 0
}

// maxReason bounds what a breakage says of itself, in bytes: a panic comes with its stack.
const maxReason = 2 << 10

// actor is who asks, as it is known by now.
func actor(ex *op.Exchange) journal.Actor {
	a := ex.Actor
	if a == nil {
		return journal.Actor{Kind: journal.ByNobody}
	}
	who := journal.Actor{Kind: journal.ByDevice, ID: a.ID(), Tenant: string(a.Tenant), Via: a.Via, Roles: ex.Seen().Roles}
	switch {
	case a.User != nil:
		who.Kind, who.Login = journal.ByUser, a.User.Login
	case a.Client != nil:
		who.Kind = journal.ByClient
	}
	if ex.Cause == op.CauseScope {
		who.Scopes = scopes(a)
	}
	return who
}

// scopes lists what the actor holds anywhere, each once.
func scopes(a *model.Actor) []string {
	var list []string
	for _, g := range a.Grants {
		list = append(list, g.Scopes...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
