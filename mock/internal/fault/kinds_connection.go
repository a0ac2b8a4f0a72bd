package fault

// connectionKinds break the connection.
var connectionKinds = []Kind{
	{
		Name: "connection_reset", Family: Connection, Phases: []Phase{Before, After},
		Summary: "The connection is reset (TCP RST) before any byte of the answer, or after so many bytes of its body.",
		Example: `{"id": "reset", "kind": "connection_reset", "match": {"operation": "createUser"}, "when": {"times": 1}}`,
		With:    func() Params { return &Reset{} },
	},
	{
		Name: "empty_response", Family: Connection, Phases: []Phase{Before, After},
		Summary: "The connection is closed without one byte of an answer.",
		Example: `{"id": "nothing", "kind": "empty_response", "match": {"operation": "getTenant"}}`,
	},
	{
		Name: "limit_data", Family: Connection, Phases: []Phase{After},
		Summary: "The connection is closed after so many bytes of the answer's body.",
		Example: `{"id": "cut", "kind": "limit_data", "match": {"operation": "listUsers"}, "with": {"bytes": 100}}`,
		With:    func() Params { return &LimitData{} },
	},
}

// Reset is the parameters of connection_reset.
type Reset struct {
	AfterBytes *int `json:"after_bytes,omitempty"` // of the body, behind the headers; left out: before any byte
}

// Check is part of Params.
func (p *Reset) Check() []Problem {
	var found problems
	found.add(p.AfterBytes != nil && *p.AfterBytes < 0, "/after_bytes", "must not be negative")
	return found
}

func (p *Reset) checkRule(_ *Rule, phase Phase) []Problem {
	var found problems
	found.add(phase == Before && p.AfterBytes != nil, "/with/after_bytes", `needs "phase": "after": before the operation has run there is no body`)
	return found
}

// LimitData is the parameters of limit_data.
type LimitData struct {
	Bytes int `json:"bytes"` // 0: the headers alone
}

// Check is part of Params.
func (p *LimitData) Check() []Problem {
	var found problems
	found.add(p.Bytes < 0, "/bytes", "must not be negative")
	return found
}
