package control

import (
	"context"
	"fmt"

	"github.com/tenantry/tenantry/ledger"
	"github.com/tenantry/tenantry/mock/internal/op"
)

func (c *Control) listOperations(context.Context, nothing) (list[ledger.Operation], error) {
	return list[ledger.Operation]{Items: c.proofs.Operations(c.cfg.API)}, nil
}

type proofsIn struct {
	Body struct {
		Proofs []ledger.Entry `json:"proofs"`
	}
}

// recordProofs takes them all or none.
func (c *Control) recordProofs(_ context.Context, in proofsIn) (op.None, error) {
	var parts []part
	for i, e := range in.Body.Proofs {
		if _, known := c.cfg.API.Operation(e.Operation); !known {
			parts = append(parts, part{
				Pointer: fmt.Sprintf("/proofs/%d/operation", i),
				Detail:  fmt.Sprintf("%q is no operation of the API; GET /_mock/v1/operations lists them", e.Operation),
			})
		}
	}
	if err := invalid("invalid_proof", parts); err != nil {
		return op.None{}, err
	}
	c.proofs.Record(in.Body.Proofs...)
	return op.None{}, nil
}
