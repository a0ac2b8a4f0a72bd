package fault

import "slices"

// A Kind is one sort of fault: when it can act and what its rules may say.
type Kind struct {
	Name    string // the term that rules use, such as lost_ack
	Family  Family
	Summary string // one sentence for the table in the docs
	Example string // a rule to copy, JSON

	// Phases are those that a rule may ask for, the default first. Most kinds have one.
	Phases []Phase
	// Operations limits the kind to these operationIds; nil: all. Other requests do not count, and a rule whose match
	// reaches none of them is refused.
	Operations []string
	// With makes the empty parameters that a rule's "with" is decoded into; nil: the kind has none.
	With func() Params
}

func (k *Kind) concerns(operation string) bool {
	return k.Operations == nil || slices.Contains(k.Operations, operation)
}

// Params are what a kind needs to know beyond its name. Check says what is wrong with them, each problem at its member.
type Params interface{ Check() []Problem }

// A Problem is one mistake in a rule: where, as a JSON pointer within the rule, and what to do about it.
type Problem struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// Family groups kinds by what they disturb.
type Family string

// The families.
const (
	HTTP       Family = "http"
	Latency    Family = "latency"
	Connection Family = "connection"
	Body       Family = "body"
	State      Family = "state"
	OAuth      Family = "oauth"
)

// Phase says on which side of the change a fault acts.
type Phase string

// The phases. Before: the operation has not run, and may never. After: it has, and its change stands.
const (
	Before Phase = "before"
	After  Phase = "after"
)
