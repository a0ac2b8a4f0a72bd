package journal

import (
	"net/url"
	"strings"
	"time"
	"unsafe"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/openapi"
)

// An Entry is one request and its answer. What it refers to is never changed once it is in the journal.
type Entry struct {
	N         uint64    `json:"n"`  // counts the requests of the world from 1
	ID        string    `json:"id"` // of the request
	Sandbox   string    `json:"sandbox"`
	Operation string    `json:"operation,omitempty"` // operationId; "" where no route matched
	Tags      []string  `json:"tags,omitempty"`      // of the operation
	Method    string    `json:"method"`
	Path      string    `json:"path"` // as it was dialled, with the sandbox's prefix
	Time      time.Time `json:"time"` // wall time of the arrival
	WorldTime time.Time `json:"world_time"`
	Duration  int64     `json:"duration_us"` // microseconds until the reply was decided
	State     State     `json:"state"`
	Delivered *bool     `json:"delivered,omitempty"` // whether the reply was sent as decided; nil: not known yet

	Actor   Actor    `json:"actor"`
	Tenants []string `json:"tenants"` // that the request is about

	Request  Request  `json:"request"`
	Response Response `json:"response,omitzero"`

	Findings []Finding `json:"findings,omitempty"` // what breaks the document
	Warnings []Finding `json:"warnings,omitempty"` // what differs from it without harm

	Cause  string `json:"cause,omitempty"`  // the gate at which the request was refused
	Reason string `json:"reason,omitempty"` // the refusal in words
	Code   int    `json:"platform_code,omitempty"`

	Faults   []Fault `json:"faults,omitempty"`
	Injected bool    `json:"injected,omitempty"` // a fault made the answer: it is no evidence of the contract
	Seq      uint64  `json:"seq"`                // commit sequence of the world that the operation read or made

	size int64 // what it was counted for
}

// State says whether a request is answered.
type State string

// The states.
const (
	InFlight State = "in_flight"
	Complete State = "complete"
)

// Actor is who made the request.
type Actor struct {
	Kind   string   `json:"kind"` // client, user, device or none
	ID     string   `json:"id,omitempty"`
	Login  string   `json:"login,omitempty"`
	Tenant string   `json:"tenant_id,omitempty"`
	Roles  []string `json:"roles,omitempty"`
	Scopes []string `json:"scopes,omitempty"` // as namespace::role; only where the request was refused for them
	Via    string   `json:"via,omitempty"`    // bearer, basic or cookie
}

// The kinds of actors.
const (
	ByClient = "client"
	ByUser   = "user"
	ByDevice = "device"
	ByNobody = "none"
)

// Request is what the client sent.
type Request struct {
	Headers Headers `json:"headers"`
	Query   Params  `json:"query,omitempty"`
	Body
}

// Response is what was decided to be sent. A fault may keep it from arriving: see Delivered and Faults.
type Response struct {
	Status  int     `json:"status"`
	Headers Headers `json:"headers"`
	Body
}

// Body is the beginning of a body, with its secrets masked.
type Body struct {
	Text      string `json:"body,omitempty"`
	Size      int    `json:"size"`                // of the whole body as it was sent, in bytes
	Truncated bool   `json:"truncated,omitempty"` // Text is not all of it
	Binary    bool   `json:"binary,omitempty"`    // it is no text, and left out
}

// Finding is one difference between the request and the document.
type Finding struct {
	In      string `json:"in"`
	Pointer string `json:"pointer"`
	Reason  string `json:"reason"`
}

// Split sorts the findings of a check by whether the request is refused for them.
func Split(found []openapi.Finding) (violations, warnings []Finding) {
	for _, f := range found {
		one := Finding{In: f.In, Pointer: f.Pointer, Reason: f.Reason}
		if f.Severity == openapi.Violation {
			violations = append(violations, one)
			continue
		}
		warnings = append(warnings, one)
	}
	return violations, warnings
}

// Fault is the evidence of one fault.
type Fault struct {
	Rule  string  `json:"rule"`
	Kind  string  `json:"kind"`
	Index uint64  `json:"index"` // how many requests the rule had matched before
	Drawn float64 `json:"drawn"` // the number that was compared with the probability
}

// cost is the memory that the entry takes, in bytes; what it shares with others is not counted.
func (e *Entry) cost() int64 {
	n := int(unsafe.Sizeof(*e)) + len(e.ID) + len(e.Path) + len(e.Reason) + len(e.Actor.Login)
	n += len(e.Request.Headers) + len(e.Request.Query) + len(e.Request.Text) + len(e.Response.Headers) + len(e.Response.Text)
	for _, list := range [][]string{e.Tenants, e.Actor.Roles, e.Actor.Scopes} {
		n += len(list) * int(unsafe.Sizeof(""))
	}
	for _, f := range e.Findings {
		n += int(unsafe.Sizeof(f)) + len(f.Pointer) + len(f.Reason)
	}
	for _, f := range e.Warnings {
		n += int(unsafe.Sizeof(f)) + len(f.Pointer) + len(f.Reason)
	}
	return int64(n + len(e.Faults)*int(unsafe.Sizeof(Fault{})))
}

// Seen is the entry as matchers see it. below tells of the tree of tenants; nil: a subtree is its root alone.
func (e *Entry) Seen(below func(tenant, root string) bool) *match.Request {
	r := &match.Request{
		Operation: e.Operation, Tags: e.Tags, Method: e.Method, Path: routed(e.Path),
		Query: e.Request.Query.Values(), Header: e.Request.Headers.Header(), Body: []byte(e.Request.Text),
		Login: e.Actor.Login, Roles: e.Actor.Roles, Tenants: e.Tenants, Below: below,
		Status: e.Response.Status, Cause: e.Cause,
	}
	switch e.Actor.Kind {
	case ByClient:
		r.Client = e.Actor.ID
	case ByUser:
		r.User = e.Actor.ID
	}
	for _, f := range e.Faults {
		r.Faults = append(r.Faults, f.Rule, f.Kind)
	}
	return r
}

// routed is the path as the router saw it: without the sandbox's prefix, a slash at its end and escapes.
func routed(path string) string {
	if after, ok := strings.CutPrefix(path, "/s/"); ok {
		_, rest, _ := strings.Cut(after, "/")
		path = "/" + rest
	}
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	if plain, err := url.PathUnescape(path); err == nil {
		return plain
	}
	return path
}
