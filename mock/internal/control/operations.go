package control

import (
	"context"
	"fmt"

	"github.com/tenantry/tenantry/ledger"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// operation is one operation of the API.
type operation struct {
	ID           string         `json:"id"`
	Method       string         `json:"method"`
	Path         string         `json:"path"`
	Tags         []string       `json:"tags"`
	Summary      string         `json:"summary"`
	Undocumented bool           `json:"undocumented"`
	Statuses     []int          `json:"statuses"`
	Proofs       []ledger.Entry `json:"proofs"`
}

func (c *Control) listOperations(context.Context, nothing) (list[operation], error) {
	proofs := map[string][]ledger.Entry{}
	for _, e := range c.proofs.Entries() {
		proofs[e.Operation] = append(proofs[e.Operation], e)
	}
	out := list[operation]{Items: []operation{}}
	for _, o := range c.cfg.API.Operations() {
		out.Items = append(out.Items, operation{
			ID: o.ID, Method: o.Method, Path: o.Bases[0] + o.Path, Tags: o.Tags, Summary: o.Summary,
			Undocumented: o.Undocumented, Statuses: o.Statuses, Proofs: append([]ledger.Entry{}, proofs[o.ID]...),
		})
	}
	return out, nil
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
