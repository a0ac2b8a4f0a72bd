package fault

import "time"

// slowRequestRead is the one kind that acts before the body is read.
const slowRequestRead = "slow_request_read"

// latencyKinds take time.
var latencyKinds = []Kind{
	{
		Name: "delay", Family: Latency, Phases: []Phase{Before, After},
		Summary: "The headers come late. The time is fixed, or drawn from a distribution: uniform, lognormal, normal, pareto, quantiles. " +
			"After: the change is made at once, only its answer waits.",
		Example: `{"id": "slow", "kind": "delay", "with": {"lognormal": {"median": "90ms", "sigma": 0.4}}}`,
		With:    func() Params { return &Delay{Max: maxDelay} },
	},
	{
		Name: "slow_response", Family: Latency, Phases: []Phase{After},
		Summary: "The body comes in chunks with pauses between them.",
		Example: `{"id": "dribble", "kind": "slow_response", "match": {"operation": "listTenants"}, "with": {"chunk": 64, "pause": "100ms"}}`,
		With:    newPace,
	},
	{
		Name: slowRequestRead, Family: Latency, Phases: []Phase{Before},
		Summary: "The server reads the request's body in chunks with pauses between them.",
		Example: `{"id": "upload", "kind": "slow_request_read", "match": {"operation": "uploadBrandLogo"}, "with": {"chunk": 1024, "pause": "100ms"}}`,
		With:    func() Params { return &SlowRead{Chunk: 64, Pause: Duration(100 * time.Millisecond)} },
	},
	{
		Name: "stall", Family: Latency, Phases: []Phase{After, Before},
		Summary: "Nothing, the headers, or half of the body, and then silence until the client gives up.",
		Example: `{"id": "hang", "kind": "stall", "match": {"operation": "getMe"}, "with": {"sent": "half"}}`,
		With:    func() Params { return &Stall{} },
	},
}

// Pace is the parameters of slow_response.
type Pace struct {
	Chunk int      `json:"chunk"` // bytes
	Pause Duration `json:"pause"` // before each chunk but the first
}

func newPace() Params {
	return &Pace{Chunk: 64, Pause: Duration(100 * time.Millisecond)}
}

// Check is part of Params.
func (p *Pace) Check() []Problem {
	var found problems
	found.add(p.Chunk < 1, "/chunk", "must be at least 1 byte")
	found.delay("/pause", p.Pause)
	return found
}

// SlowRead is the parameters of slow_request_read.
type SlowRead Pace

// Check is part of Params.
func (p *SlowRead) Check() []Problem { return (*Pace)(p).Check() }

// checkRule refuses what nobody knows before the body is read.
func (p *SlowRead) checkRule(r *Rule, _ Phase) []Problem {
	var found problems
	m, why := &r.Match, "is known only when the body has been read; match by operation, tag, method, path or header"
	for _, use := range []struct {
		member string
		used   bool
	}{
		{"tenant", m.Tenant != ""},
		{"subtree", m.Subtree != ""},
		{"client", m.Client != ""},
		{"user", m.User != ""},
		{"role", m.Role != ""},
		{"body", len(m.Body) > 0},
	} {
		found.add(use.used, "/match/"+use.member, why)
	}
	found.add(r.When.Per == PerClient, "/when/per", why)
	found.add(r.When.MaxActive > 0, "/when/max_active", "is not kept for uploads; use probability or every")
	return found
}

// What a stall sends before the silence.
const (
	SentNothing = "nothing"
	SentHeaders = "headers"
	SentHalf    = "half"
)

// Stall is the parameters of stall.
type Stall struct {
	Sent string `json:"sent,omitempty"` // headers when left out, nothing if the operation has not run
}

// Check is part of Params.
func (p *Stall) Check() []Problem {
	var found problems
	if p.Sent != "" {
		found.oneOf("/sent", p.Sent, SentNothing, SentHeaders, SentHalf)
	}
	return found
}

func (p *Stall) checkRule(_ *Rule, phase Phase) []Problem {
	var found problems
	found.add(phase == Before && p.Sent != "" && p.Sent != SentNothing, "/with/sent",
		"must be nothing in the phase before: there is no answer yet")
	return found
}
