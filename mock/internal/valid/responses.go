package valid

import (
	"context"
	"fmt"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/openapi"
)

// Responses checks what is about to be answered: a reply that breaks the document is our own mistake and
// becomes a 500 that says so; what a fault made of a reply is none. It stands outside everything that makes replies.
func Responses(next op.Handler) op.Handler {
	return func(ctx context.Context, ex *op.Exchange) error {
		if err := next(ctx, ex); err != nil {
			ex.Fail(err)
		}
		if ex.Operation == nil || ex.Injected {
			return nil
		}
		var broken []string
		for _, f := range ex.Operation.CheckResponse(ex.Reply.Status, ex.Reply.Header, ex.Reply.Body) {
			if f.Severity == openapi.Violation {
				broken = append(broken, f.String())
			}
		}
		if len(broken) == 0 {
			return nil
		}
		// The answer itself is left out: it may hold a token or a secret, and the error is logged.
		return fmt.Errorf("the answer %d of %s breaks the document: %s", ex.Reply.Status, ex.Operation.ID, strings.Join(broken, "; "))
	}
}
