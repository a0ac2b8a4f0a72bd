package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/openapi"
)

// Limits of a request body, in bytes.
const (
	maxBody  = 1 << 20
	maxState = 1 << 30
)

// ServeHTTP guards, routes and answers one request.
func (c *Control) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store") // answers hold secrets, and are out of date at once
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if err := c.guard.check(r); err != nil {
		c.refuse(w, r, err)
		return
	}
	if handler, pattern := c.mux.Handler(r); pattern == "" {
		c.refuse(w, r, unrouted(handler, r))
		return
	}
	c.mux.ServeHTTP(w, r)
}

// unrouted is why no operation answers a request. Only the router knows whether it is the path or the method.
func unrouted(handler http.Handler, r *http.Request) error {
	said := &probe{header: http.Header{}}
	handler.ServeHTTP(said, r)
	if allow := said.header.Get("Allow"); allow != "" {
		p := newProblem(http.StatusMethodNotAllowed, "method_not_allowed", "%s is not allowed on %s; allowed: %s", r.Method, r.URL.Path, allow)
		p.header = http.Header{"Allow": {allow}}
		return p
	}
	return newProblem(http.StatusNotFound, "no_operation", "no operation has the path %s; GET /_mock/v1/openapi.yaml lists them", r.URL.Path)
}

// A probe takes in what a handler says of itself, and sends nothing.
type probe struct{ header http.Header }

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(int)             {}

// A call is one request beyond what an operation binds.
type call struct {
	w      http.ResponseWriter
	answer func(w http.ResponseWriter) error // set by instead
}

type callKey struct{}

func callOf(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

// instead lets answer send the reply, in place of what the operation returns. Its error cuts the connection: the header
// has been sent by then.
func instead(ctx context.Context, answer func(w http.ResponseWriter) error) {
	callOf(ctx).answer = answer
}

// serve answers requests for one operation.
func (c *Control) serve(o *openapi.Operation, handler op.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		this := &call{w: w}
		ctx := context.WithValue(r.Context(), callKey{}, this)
		ex := &op.Exchange{Operation: o, Request: r, Path: pathOf(o, r)}
		ctx = op.With(ctx, ex)
		if err := c.run(ctx, ex, handler); err != nil {
			c.refuse(w, r, err)
			return
		}
		if this.answer == nil {
			send(w, &ex.Reply)
			return
		}
		if err := this.answer(w); err != nil {
			if ctx.Err() == nil { // the client is still there
				c.log.ErrorContext(ctx, "control answer cut off", slog.String("path", r.URL.Path), slog.Any("error", err))
			}
			panic(http.ErrAbortHandler)
		}
	}
}

func pathOf(o *openapi.Operation, r *http.Request) map[string]string {
	path := map[string]string{}
	for _, p := range o.Params {
		if p.In == "path" {
			path[p.Name] = r.PathValue(p.Name)
		}
	}
	return path
}

// run reads and judges the request, then lets the operation work.
func (c *Control) run(ctx context.Context, ex *op.Exchange, handler op.Handler) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	judge := *ex.Operation
	if judge.ID == "replaceState" {
		judge.Body = nil // too large to hold; the operation reads it
	} else if ex.Body, err = readBody(ctx, ex.Request); err != nil {
		return err
	}
	ex.Checked = judge.CheckRequest(&openapi.Request{
		Path: ex.Path, Query: ex.Request.URL.Query(), Header: ex.Request.Header,
		ContentType: ex.Request.Header.Get("Content-Type"), Body: ex.Body,
	}, openapi.Strict)
	if err := c.words.refusal(ex.Operation, ex.Checked.Findings); err != nil {
		return err
	}
	return handler(ctx, ex)
}

func readBody(ctx context.Context, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(callOf(ctx).w, r.Body, maxBody))
	if tooLarge := (&http.MaxBytesError{}); err != nil && !errors.As(err, &tooLarge) {
		return nil, newProblem(http.StatusBadRequest, "body_unreadable", "the body could not be read: %v", err)
	}
	return body, err
}

func send(w http.ResponseWriter, reply *op.Reply) {
	for name, values := range reply.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(reply.Status)
	_, _ = w.Write(reply.Body) // a client that has gone is no error of ours
}
