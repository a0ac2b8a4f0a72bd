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
// document, then what the operation itself says.
func (s *Server) chain(h op.Handler) op.Handler {
	return op.Chain(h, s.outer(readBody, s.auth.Identify, auth.Require, limitBody, valid.Requests)...)
}

// refusals is the way of a request that no operation answers.
func (s *Server) refusals() op.Handler {
	return op.Chain(func(_ context.Context, ex *op.Exchange) error { return ex.Err }, s.outer(readBody, s.auth.Identify)...)
}

// outer puts what every request passes before the given middlewares.
func (s *Server) outer(inner ...op.Middleware) []op.Middleware {
	before := []op.Middleware{s.settle}
	if s.cfg.CheckResponses {
		before = append(before, valid.Responses)
	}
	return append(append(before, recovered), inner...)
}

// settle turns what went wrong into a reply, and logs what was our own fault.
func (s *Server) settle(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		err := next(ctx, ex)
		if err != nil {
			ex.Fail(err)
		}
		if ex.Reply.Status == http.StatusInternalServerError {
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
func readBody(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if ex.Request.Body == nil || ex.Request.Body == http.NoBody {
			return next(ctx, ex)
		}
		body, err := io.ReadAll(io.LimitReader(ex.Request.Body, bodyLimit(ex)+1))
		if err != nil {
			return errors.Join(model.Errorf(model.Invalid, "body_unreadable", "the body could not be read: %v", err), err)
		}
		ex.Body = body
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
