package run

import (
	"context"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/openapi"
)

// A Config is what is run, and against what. Operations, Documents, Clock and the target's BaseURL and Client are needed;
// the zero values of the others are sensible.
type Config struct {
	RunID      string
	Target     Target
	Operations *openapi.Document
	Documents  []*arazzo.Document
	Clock      Clock

	// Inputs are the values of inputs by name, for every workflow that declares them. Texts are read as the type that
	// the workflow asks for. The input run_id is RunID unless it is given here.
	Inputs map[string]any
	// Token makes the input token, anew at each use, unless that is given in Inputs. It may be nil.
	Token TokenSource
	// Control changes what the target does. Without it, workflows and steps that need it are skipped.
	Control Control
	// Turn waits until a request of a step may be sent; the wait counts for no time-out. It may be nil.
	Turn func(context.Context) error
	// Capabilities are the names that x-requires may ask for. With a Control, control, fault and clock are among them,
	// with AllowWrites, writes.
	Capabilities []string

	AllowWrites bool     // else workflows that change the target are skipped
	Tags        []string // only scenarios with one of them; none: all
	Only        []string // only scenarios with one of these ids, or of these files or workflows; none: all
	Parallel    int      // scenarios at a time; 1 if less
	FailFast    bool     // begin no further scenario after one that did not pass

	Timeout        time.Duration // of a request; 30 s if zero
	CleanupTimeout time.Duration // of all cleanups of a scenario; 1 min if zero
	MaxWait        time.Duration // the longest wait that a server may ask for; 30 s if zero

	Mask *report.Masker        // knows secrets from before the run; may be nil
	Done func(report.Scenario) // is told of each scenario that ended, one at a time; must not call the Runner; may be nil
}

// A Target is what is judged.
type Target struct {
	BaseURL string      // the root of the host, with the prefix of a sandbox if there is one; a trailing /api/2 is cut off
	Client  Doer        // must not follow redirects
	Header  http.Header // sent with each request, unless a step says otherwise
}

// A Doer sends a request. *http.Client is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// A Clock tells the time and waits.
type Clock interface {
	Now() time.Time
	// Sleep returns early, with the context's error, if that ends.
	Sleep(ctx context.Context, d time.Duration) error
}

// A TokenSource makes bearer tokens.
type TokenSource interface {
	// Token returns one that is still valid for a while.
	Token(ctx context.Context) (string, error)
	// Forget tells that the clock of the target was changed: what was valid may be no longer.
	Forget()
}

// A Control changes what the target does.
type Control interface {
	// Fault arms rules, given as JSON values, beside those that are armed already. Undo takes them away again.
	Fault(ctx context.Context, rules []any) (undo func(context.Context) error, err error)
	// Clock changes the clock of the target: freeze, set, advance, scale or real.
	Clock(ctx context.Context, change map[string]any) error
}

func (c Config) withDefaults() Config {
	c.Parallel = max(c.Parallel, 1)
	for _, d := range []struct {
		to     *time.Duration
		absent time.Duration
	}{{&c.Timeout, 30 * time.Second}, {&c.CleanupTimeout, time.Minute}, {&c.MaxWait, 30 * time.Second}} {
		if *d.to <= 0 {
			*d.to = d.absent
		}
	}
	if c.Mask == nil {
		c.Mask = &report.Masker{}
	}
	if c.Turn == nil {
		c.Turn = func(context.Context) error { return nil }
	}
	if c.Done == nil {
		c.Done = func(report.Scenario) {}
	}
	return c
}
