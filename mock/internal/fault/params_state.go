package fault

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// What lost_ack sends in place of the answer.
const (
	LostReset   = "reset"   // the connection is reset
	LostEmpty   = "empty"   // it is closed without a byte
	LostTimeout = "timeout" // nothing is sent until the client gives up
	LostError   = "error"   // a status of a gateway
)

const gatewayTimeout = http.StatusGatewayTimeout

// LostAck are the parameters of lost_ack.
type LostAck struct {
	Mode   string `json:"mode"`
	Status int    `json:"status"` // of LostError
}

// Check refuses an unknown mode, and a status that is none of a server's.
func (p *LostAck) Check() []Problem {
	problems := badMode(p.Mode, LostReset, LostEmpty, LostTimeout, LostError)
	if p.Status != gatewayTimeout && p.Mode != LostError {
		return append(problems, Problem{"/status", `is for the mode "error" alone`})
	}
	return append(problems, badServerStatus(p.Status)...)
}

// What conflict answers.
const (
	ConflictVersion      = "stale_version" // 409, platform code 1001
	ConflictPrecondition = "precondition"  // 412
	ConflictVanished     = "vanished"      // 404
)

// Conflict are the parameters of conflict.
type Conflict struct {
	Mode string `json:"mode"`
}

// Check refuses an unknown mode.
func (p *Conflict) Check() []Problem {
	return badMode(p.Mode, ConflictVersion, ConflictPrecondition, ConflictVanished)
}

// What pagination_shift does to a page.
const (
	PageExpire = "expire" // the cursor that was sent is refused
	PageRepeat = "repeat" // the page that a cursor asks for names that cursor as the next one
	PageSkip   = "skip"   // items are left out
)

// PaginationShift are the parameters of pagination_shift.
type PaginationShift struct {
	Mode  string `json:"mode"`
	Items int    `json:"items"` // that PageSkip leaves out of each page
}

// Check refuses an unknown mode and a number of items that makes no sense.
func (p *PaginationShift) Check() []Problem {
	problems := badMode(p.Mode, PageExpire, PageRepeat, PageSkip)
	switch {
	case p.Items < 1:
		problems = append(problems, Problem{"/items", "must be at least 1"})
	case p.Items > 1 && p.Mode != PageSkip:
		problems = append(problems, Problem{"/items", `is for the mode "skip" alone`})
	}
	return problems
}

// How async_stuck shows a report.
const (
	AsyncStays  = "stuck"  // always in progress
	AsyncFailed = "failed" // failed
	AsyncBack   = "back"   // one step back: a saved one in progress, one in progress not there at all
)

// AsyncStuck are the parameters of async_stuck.
type AsyncStuck struct {
	Mode string `json:"mode"`
}

// Check refuses an unknown mode.
func (p *AsyncStuck) Check() []Problem { return badMode(p.Mode, AsyncStays, AsyncFailed, AsyncBack) }

// ReadOnly are the parameters of read_only.
type ReadOnly struct {
	RetryAfter Duration `json:"retry_after"` // sent in whole seconds; 0: not sent
}

// Check refuses a time that a Retry-After header cannot say.
func (p *ReadOnly) Check() []Problem { return badRetryAfter(p.RetryAfter) }

func badMode(mode string, modes ...string) []Problem {
	if slices.Contains(modes, mode) {
		return nil
	}
	return []Problem{{"/mode", "must be one of: " + strings.Join(modes, ", ")}}
}

func badServerStatus(status int) []Problem {
	if status >= 500 && status <= 599 {
		return nil
	}
	return []Problem{{"/status", "must be from 500 to 599"}}
}

func badRetryAfter(d Duration) []Problem {
	if d >= 0 && time.Duration(d)%time.Second == 0 {
		return nil
	}
	return []Problem{{"/retry_after", `must be whole seconds, such as "30s"`}}
}
