package mock

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault/inject"
	"github.com/tenantry/tenantry/mock/internal/journal/record"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/valid"
	"github.com/tenantry/tenantry/mock/model"
)

// Limits of a request body, in bytes.
const (
	maxBody = 1 << 20
	maxLogo = 5 << 20
)

// chain is the way of a request through one operation. The order of refusal is 401, 403, 413, 415 and 400 by the
// document, then what the operation itself says. Faults stand before all of it, and see who asks.
func (s *Server) chain(h op.Handler) op.Handler {
	return op.Chain(h, s.outer(auth.Require, readable, limitBody, valid.Requests)...)
}

// refusals is the way of a request that no operation answers.
func (s *Server) refusals() op.Handler {
	return op.Chain(func(_ context.Context, ex *op.Exchange) error { return ex.Err }, s.outer()...)
}

// outer puts what every request passes before the given middlewares.
func (s *Server) outer(inner ...op.Middleware) []op.Middleware {
	before := []op.Middleware{s.choose, s.metrics.Requests, record.Requests, s.settle}
	if s.cfg.CheckResponses {
		before = append(before, valid.Responses)
	}
	return append(append(before, recovered, s.auth.Identify, s.atHome, record.Actors, s.faults.Faults), inner...)
}

// choose reads the body and finds the world that the request belongs to: that of the path's prefix, else the one whose
// credentials it presents, else the default one. It refuses nothing.
func (s *Server) choose(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		ctx = s.hold(ctx, ex)
		readBody(ex)
		if ex.Prefix == "" && !s.worlds.Alone() && s.adopt(ex) {
			ctx = s.hold(ctx, ex)
		}
		return next(ctx, ex)
	}
}

// adopt gives the exchange to the world of its credentials. It says whether that is another one.
func (s *Server) adopt(ex *op.Exchange) bool {
	home := s.auth.Home(ex.Request, ex.Body)
	w, ok := s.worlds.Get(home.Sandbox)
	if !ok {
		w, ok = s.worlds.ByClient(home.Client)
	}
	if !ok || w == ex.World {
		return false
	}
	ex.World = w
	return true
}

// atHome refuses credentials of one sandbox in another one that the path names: a copied state may hold them too.
func (s *Server) atHome(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if ex.Prefix == "" || ex.Actor == nil || s.worlds.Alone() {
			return next(ctx, ex)
		}
		home := s.auth.Home(ex.Request, ex.Body)
		other, minted := s.worlds.ByClient(home.Client)
		if home.Sandbox != "" && home.Sandbox != ex.World.ID || minted && other != ex.World {
			ex.Actor, ex.Refused = nil, auth.Elsewhere(ex.World.ID)
		}
		return next(ctx, ex)
	}
}

// hold lets Interrupt end the request, and a reset of its world, where that has faults that may hold it.
func (s *Server) hold(ctx context.Context, ex *op.Exchange) context.Context {
	if ex.World.Faults.Empty() {
		return ctx
	}
	ctx = until(until(ctx, s.life), ex.World.Life())
	ex.Request = ex.Request.WithContext(ctx)
	return ctx
}

// until is the context as long as another one lasts too.
func until(ctx, other context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(other, cancel)
	context.AfterFunc(ctx, func() { stop() })
	return ctx
}

// settle turns what went wrong into a reply, and logs what was our own fault.
func (s *Server) settle(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		err := next(ctx, ex)
		if err != nil {
			ex.Fail(err)
		}
		if ex.Reply.Status == http.StatusInternalServerError && !ex.Injected {
			s.log.ErrorContext(ctx, "request failed", slog.String("method", ex.Request.Method),
				slog.String("path", ex.Request.URL.Path), slog.Any("error", ex.Err))
		}
		return nil
	}
}

// recovered turns a panic into an error with its stack; the server goes on.
func recovered(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		return next(ctx, ex)
	}
}

// readBody reads the body once. One byte over the limit is kept, so that limitBody sees it.
func readBody(ex *op.Exchange) {
	if ex.Request.Body == nil || ex.Request.Body == http.NoBody {
		return
	}
	ex.Body, ex.BodyErr = io.ReadAll(io.LimitReader(inject.SlowBody(ex, ex.Request.Body), bodyLimit(ex)+1))
}

// readable refuses a body that broke off.
func readable(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if err := ex.BodyErr; err != nil {
			return errors.Join(model.Errorf(model.Invalid, "body_unreadable", "the body could not be read: %v", err), err)
		}
		return next(ctx, ex)
	}
}

func limitBody(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if limit := bodyLimit(ex); int64(len(ex.Body)) > limit {
			ex.Cause = op.CauseSpec
			return model.Errorf(model.TooLarge, "body_too_large", "the body is larger than %d bytes", limit)
		}
		return next(ctx, ex)
	}
}

func bodyLimit(ex *op.Exchange) int64 {
	if ex.Operation != nil && ex.Operation.ID == "uploadBrandLogo" {
		return maxLogo
	}
	return maxBody
}
