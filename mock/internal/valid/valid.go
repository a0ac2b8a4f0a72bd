// Package valid is the middleware that judges a request by the OpenAPI document before its operation runs:
// a violation is 400 (415 for a foreign media type) with every reason; harmless deviations are noted.
// The world's setting validation says how strictly.
package valid

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// Requests checks requests. It leaves the checked form of the request in the exchange.
func Requests(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		mode, err := openapi.ParseMode(ex.Look(ctx).Settings().Get("validation"))
		if err != nil {
			return fmt.Errorf("read the validation mode: %w", err)
		}
		ex.Checked = ex.Operation.CheckRequest(&openapi.Request{
			Path: ex.Path, Query: query(ex.Request.URL), Header: ex.Request.Header,
			ContentType: ex.Request.Header.Get("Content-Type"), Body: ex.Body,
		}, mode)
		if mode != openapi.Warn {
			if err := refusal(ex.Checked.Findings); err != nil {
				ex.Cause = op.CauseSpec
				return err
			}
		}
		return next(ctx, ex)
	}
}

// query are the parameters; nil, which is cheap, where there are none.
func query(u *url.URL) url.Values {
	if u.RawQuery == "" {
		return nil
	}
	return u.Query()
}

// refusal gathers the violations: details.info names them all, each member by its JSON pointer.
func refusal(findings []openapi.Finding) error {
	var reasons []string
	var places []map[string]any
	kind := model.Invalid
	for _, f := range findings {
		if f.Severity != openapi.Violation {
			continue
		}
		if f.Status == http.StatusUnsupportedMediaType {
			kind = model.UnsupportedMedia
		}
		reasons = append(reasons, f.String())
		places = append(places, map[string]any{"in": f.In, "pointer": f.Pointer, "reason": f.Reason})
	}
	if len(reasons) == 0 {
		return nil
	}
	message := "Bad Request"
	if kind == model.UnsupportedMedia {
		message = "Unsupported Media Type"
	}
	return &model.Error{Kind: kind, Reason: "invalid_request", Message: message, Info: strings.Join(reasons, "; "), Addition: places}
}
