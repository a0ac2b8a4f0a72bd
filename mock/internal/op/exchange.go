package op

import (
	"context"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// An Exchange is one request on its way through the chain, and its reply. It belongs to one goroutine.
type Exchange struct {
	Operation *openapi.Operation // nil where no route matched
	World     *sandbox.World
	Prefix    string // of the sandbox, as it was dialled: /s/{id}; "" without
	Base      string // the URL that was dialled, without a trailing slash: scheme, host, prefix of the sandbox
	Request   *http.Request
	Path      map[string]string
	Body      []byte
	BodyErr   error // why the body could not be read to its end
	Checked   *openapi.Checked
	Actor     *model.Actor
	Refused   error  // why the credentials do not count; held back until it is their turn
	Cause     Cause  // of a refusal
	Err       error  // the refusal itself
	Seq       uint64 // of the world that the operation read or made
	Reply     Reply

	// What faults do to the exchange; see package inject.
	Stale    *state.View // what reads see in place of the newest state
	Faults   []Applied   // in the order in which they were applied
	Injected bool        // the reply is not what the operation said: it is no evidence and not held to the document
	Delivery *Delivery   // how the reply is sent; nil: at once

	Entry uint64      // number of the exchange in the world's journal; 0: it is not journaled
	seen  *sight      // see Seen
	view  *state.View // see Look
}

// Look takes the view of the newest state on which the request is checked. A read that follows works on the same one.
func (ex *Exchange) Look(ctx context.Context) *state.View {
	ex.view = ex.World.State.View(ctx)
	return ex.view
}

// reading is the view that reads work on: what a fault wants them to see, or the newest state.
func (ex *Exchange) reading(ctx context.Context) *state.View {
	switch {
	case ex.Stale != nil:
		return ex.Stale
	case ex.view != nil:
		return ex.view
	}
	return ex.Look(ctx)
}

// Applied is the evidence of one fault.
type Applied struct {
	Rule  string  `json:"rule"`  // id of the rule
	Kind  string  `json:"kind"`  // its kind, such as lost_ack
	Index uint64  `json:"index"` // how many requests the rule had matched before
	Drawn float64 `json:"drawn"` // the number in [0, 1) that was compared with the probability
}

// A Delivery says how a reply leaves when it does not leave at once and whole.
type Delivery struct {
	Chunk int           // bytes at a time; 0: all
	Pause time.Duration // before each chunk but the first
	Limit int           // bytes of the body that are sent; -1: all. The header announces the whole body
	Mute  bool          // not even the header is sent
	End   End           // what follows
}

// End is what happens to the connection after a delivery.
type End string

// The ends of a delivery.
const (
	EndWell  End = ""      // the connection stays
	EndClose End = "close" // it is closed
	EndReset End = "reset" // it is reset (TCP RST)
	EndStall End = "stall" // silence, until the client goes or the server stops
)

// Cause says at which gate a request was refused.
type Cause string

// The gates, in their order.
const (
	CauseNone   Cause = ""
	CauseRoute  Cause = "route"
	CauseAuth   Cause = "auth"
	CauseScope  Cause = "scope"
	CauseSpec   Cause = "spec"
	CauseState  Cause = "state"
	CausePolicy Cause = "policy"

	// CauseInjected is no gate: a fault made the reply.
	CauseInjected Cause = "injected"
)

// A Reply is what will be sent.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// A Handler answers an exchange by filling in its reply; an error is a refusal or a breakage.
type Handler func(ctx context.Context, ex *Exchange) error

// A Middleware stands before a handler.
type Middleware func(Handler) Handler

// Chain puts middlewares before a handler, the first one outermost.
func Chain(h Handler, before ...Middleware) Handler {
	for i := len(before) - 1; i >= 0; i-- {
		h = before[i](h)
	}
	return h
}

type ctxKey struct{}

// With carries the exchange in a context.
func With(ctx context.Context, ex *Exchange) context.Context {
	return context.WithValue(ctx, ctxKey{}, ex)
}

// From is the exchange that With put into the context; an empty one without.
func From(ctx context.Context) *Exchange {
	ex, _ := ctx.Value(ctxKey{}).(*Exchange)
	if ex == nil {
		return &Exchange{}
	}
	return ex
}

// Caller is who makes the request. Operations without security have none: it is then empty, never nil.
func Caller(ctx context.Context) *model.Actor {
	if a := From(ctx).Actor; a != nil {
		return a
	}
	return &model.Actor{}
}

// BaseURL is the URL that was dialled, without a trailing slash; links and issuers follow it.
func BaseURL(ctx context.Context) string { return From(ctx).Base }

// Request is the request as it came, for what is not a parameter: its address, its Authorization header.
func Request(ctx context.Context) *http.Request { return From(ctx).Request }
