package ledger

import "github.com/tenantry/tenantry/openapi"

// An Operation is an operation of the API with what scenarios have shown of it.
type Operation struct {
	ID           string   `json:"id"`
	Method       string   `json:"method"`
	Path         string   `json:"path"` // with the base of the API
	Tags         []string `json:"tags"`
	Summary      string   `json:"summary"`
	Undocumented bool     `json:"undocumented"` // clients call it, but the vendor's reference lacks it
	Statuses     []int    `json:"statuses"`     // the documented ones
	Proofs       []Entry  `json:"proofs"`       // by endpoint and scenario
}

// Operations are those of a document, in its order.
func (l *Ledger) Operations(doc *openapi.Document) []Operation {
	proofs := map[string][]Entry{}
	for _, e := range l.Entries() {
		proofs[e.Operation] = append(proofs[e.Operation], e)
	}
	all := []Operation{}
	for _, o := range doc.Operations() {
		all = append(all, Operation{
			ID: o.ID, Method: o.Method, Path: o.Bases[0] + o.Path, Tags: o.Tags, Summary: o.Summary,
			Undocumented: o.Undocumented, Statuses: o.Statuses, Proofs: append([]Entry{}, proofs[o.ID]...),
		})
	}
	return all
}
