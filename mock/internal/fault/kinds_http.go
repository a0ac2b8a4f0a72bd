package fault

import "time"

// httpKinds answer in place of the service.
var httpKinds = []Kind{
	{
		Name: "error", Family: HTTP, Phases: []Phase{Before, After},
		Summary: "An error in the API's own envelope, or in the flat one at the OAuth endpoints. " +
			"After: the change was made, and the answer denies it.",
		Example: `{"id": "no-list", "kind": "error", "match": {"operation": "listUsers"}, "with": {"status": 503}}`,
		With:    func() Params { return &Error{Status: 503} },
	},
	{
		Name: "retry_after", Family: HTTP, Phases: []Phase{Before},
		Summary: "429 or 503 with a Retry-After header: seconds, a date, none, or one that cannot be read.",
		Example: `{"id": "wait", "kind": "retry_after", "match": {"tag": "users"}, "with": {"status": 429, "form": "http_date", "after": "30s"}}`,
		With:    func() Params { return &RetryAfter{Status: 429, Form: FormSeconds} },
	},
	{
		Name: "rate_limit", Family: HTTP, Phases: []Phase{Before},
		Summary: "A real quota by the world's clock: 429 beyond it, with the seconds to the next permitted time in Retry-After.",
		Example: `{"id": "quota", "kind": "rate_limit", "when": {"per": "client"}, "with": {"limit": 100, "window": "1m"}}`,
		With:    func() Params { return &RateLimit{Limit: -1, Algorithm: FixedWindow} },
	},
	{
		Name: "outage", Family: HTTP, Phases: []Phase{Before},
		Summary: "Everything that matches fails for a time of the world's clock, counted from when the rule was put.",
		Example: `{"id": "down", "kind": "outage", "match": {"tag": "tenants"}, "with": {"after": "1m", "for": "10m"}}`,
		With:    func() Params { return &Outage{Status: 503} },
	},
	{
		Name: "degradation", Family: HTTP, Phases: []Phase{Before},
		Summary: "Errors grow more frequent, or answers slower, linearly over a ramp of the world's clock from when the rule was put.",
		Example: `{"id": "worse", "kind": "degradation", "with": {"ramp": "10m", "probability": 0.8}}`,
		With:    func() Params { return &Degradation{Status: 503} },
	},
}

// Error is the parameters of error.
type Error struct {
	Status  int    `json:"status"`            // 400 to 599; 503 when left out
	Code    int    `json:"code,omitempty"`    // error.code of the API's envelope; the status when left out
	Reason  string `json:"reason,omitempty"`  // error of the flat envelope, such as invalid_client
	Message string `json:"message,omitempty"` // the status in words when left out
}

// Check is part of Params.
func (p *Error) Check() []Problem {
	var found problems
	found.status(p.Status)
	found.add(p.Code < 0, "/code", "must not be negative")
	return found
}

// Forms of a Retry-After header (RFC 9110, 10.2.3), and two that are none.
const (
	FormSeconds   = "seconds"
	FormDate      = "http_date" // by the world's clock
	FormAbsent    = "absent"
	FormMalformed = "malformed"
)

// RetryAfter is the parameters of retry_after.
type RetryAfter struct {
	Status int      `json:"status"` // 429 or 503
	Form   string   `json:"form"`
	After  Duration `json:"after,omitempty"` // 30s when left out
}

// Check is part of Params.
func (p *RetryAfter) Check() []Problem {
	var found problems
	found.add(p.Status != 429 && p.Status != 503, "/status", "must be 429 or 503")
	found.oneOf("/form", p.Form, FormSeconds, FormDate, FormAbsent, FormMalformed)
	found.add(p.After < 0, "/after", "must not be negative")
	found.add(p.After != 0 && (p.Form == FormAbsent || p.Form == FormMalformed), "/after", "is not told by the form "+p.Form+"; leave it out")
	return found
}

// Algorithms of a quota.
const (
	FixedWindow = "fixed_window" // windows follow one another from when the rule was put
	TokenBucket = "token_bucket" // permits come back one by one
)

// RateLimit is the parameters of rate_limit.
type RateLimit struct {
	Limit     int      `json:"limit"`           // requests in one window
	Window    Duration `json:"window"`          // of the world's clock
	Algorithm string   `json:"algorithm"`       // fixed_window when left out
	Burst     int      `json:"burst,omitempty"` // size of the bucket; limit when left out
}

// Check is part of Params.
func (p *RateLimit) Check() []Problem {
	var found problems
	found.add(p.Limit < 0 || p.Limit > 1_000_000, "/limit", "is required: 0 to 1000000 requests; 0 permits none at all")
	found.add(p.Window <= 0, "/window", `is required: the time that the limit is for, such as "1m"`)
	found.oneOf("/algorithm", p.Algorithm, FixedWindow, TokenBucket)
	found.add(p.Burst < 0, "/burst", "must not be negative")
	found.add(p.Burst != 0 && p.Algorithm != TokenBucket, "/burst", "is only for the algorithm token_bucket")
	found.add(p.Limit == 0 && p.Algorithm == TokenBucket, "/limit", "must be at least 1 for a bucket that is to fill again")
	return found
}

// Outage is the parameters of outage.
type Outage struct {
	After      Duration `json:"after,omitempty"`       // when it begins
	For        Duration `json:"for"`                   // how long it lasts
	Status     int      `json:"status"`                // 500 to 599; 503 when left out
	RetryAfter bool     `json:"retry_after,omitempty"` // the answer says how long it still lasts
}

// Check is part of Params.
func (p *Outage) Check() []Problem {
	var found problems
	found.add(p.Status < 500 || p.Status > 599, "/status", "must be 500 to 599")
	found.add(p.After < 0, "/after", "must not be negative")
	found.add(max(p.After, p.For) > maxSpan, "", "after and for must be at most 87600h, ten years")
	found.add(p.For <= 0, "/for", `is required: how long the outage lasts, such as "10m"`)
	return found
}

// Degradation is the parameters of degradation: what is reached at the end of the ramp, and stays.
type Degradation struct {
	Ramp        Duration `json:"ramp"`
	Probability float64  `json:"probability,omitempty"` // of an error
	Delay       Duration `json:"delay,omitempty"`       // of each answer; in place of probability
	Status      int      `json:"status"`                // of the errors, 400 to 599; 503 when left out
}

// Check is part of Params.
func (p *Degradation) Check() []Problem {
	var found problems
	found.add(p.Ramp <= 0, "/ramp", `is required: how long it grows, such as "10m"`)
	found.add((p.Probability == 0) == (p.Delay == 0), "", "needs either probability, of errors, or delay, of answers")
	found.add(!(p.Probability >= 0 && p.Probability <= 1), "/probability", "must be between 0 and 1")
	found.delay("/delay", p.Delay)
	found.status(p.Status)
	found.add(p.Status != 503 && p.Delay != 0, "/status", "is of errors; answers that come late have none")
	return found
}

func (p *Degradation) checkRule(r *Rule, _ Phase) []Problem {
	var found problems
	found.add(p.Probability != 0 && r.When.Probability != nil, "/when/probability", "grows by itself here; leave it out")
	return found
}

// maxSpan bounds what an outage is planned for.
const maxSpan = Duration(87_600 * time.Hour)

// maxDelay bounds what one rule may wait for.
const maxDelay = Duration(time.Hour)

func (p *problems) status(status int) {
	p.add(status < 400 || status > 599, "/status", "must be an error status, 400 to 599")
}

func (p *problems) delay(pointer string, d Duration) {
	p.add(d < 0 || d > maxDelay, pointer, "must be 0s to 1h")
}
