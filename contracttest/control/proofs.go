package control

import (
	"context"
	"fmt"
	"net/http"

	"github.com/tenantry/tenantry/ledger"
)

// Record tells the server what a run has shown of its operations.
func (p *Plane) Record(ctx context.Context, proofs []ledger.Entry) error {
	if len(proofs) == 0 {
		return nil
	}
	if err := p.ask(ctx, http.MethodPost, "/operations/proofs", map[string]any{"proofs": proofs}, nil); err != nil {
		return fmt.Errorf("tell the server what was proven: %w", err)
	}
	return nil
}
