package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// clockAnswer is what commands show of a sandbox's clock.
type clockAnswer struct {
	Now   string  `json:"now"`
	Scale float64 `json:"scale"`
}

// String is the time and the pace.
func (c *clockAnswer) String() string {
	switch c.Scale {
	case 0:
		return c.Now + ", frozen"
	case 1:
		return c.Now + ", running"
	}
	return fmt.Sprintf("%s, running %v times as fast", c.Now, c.Scale)
}

// clockChange is what a clock is asked to do.
type clockChange struct {
	Set     string  `json:"set,omitempty"`
	Advance string  `json:"advance,omitempty"`
	Scale   float64 `json:"scale,omitempty"`
	Freeze  bool    `json:"freeze,omitempty"`
	Real    bool    `json:"real,omitempty"`
}

func newClock() *cobra.Command {
	r := &remote{}
	cmd := group("clock", "Read and move the clock of a sandbox",
		"Tokens, trials, report windows and all timestamps of a sandbox follow its clock. What has become due has happened\n"+
			"when the command ends. A clock never runs backwards: reset the sandbox, or restore a snapshot, for that.",
		command("show", "Say what time it is in the sandbox", cobra.NoArgs, showClock(r)),
		newClockChange(r, "freeze", "Stop the clock", func(string) (*clockChange, error) { return &clockChange{Freeze: true}, nil }),
		newClockChange(r, "advance DURATION", "Move the clock forward, by 2h or 90m", func(by string) (*clockChange, error) { return &clockChange{Advance: by}, nil }),
		newClockChange(r, "set TIME", "Move the clock forward to a time, such as 2026-01-31T23:59:00Z", func(to string) (*clockChange, error) { return &clockChange{Set: to}, nil }),
		newClockChange(r, "scale N", "Run N times as fast as the machine", scaleClock),
		newClockChange(r, "real", "Run at the machine's pace from the present time on", func(string) (*clockChange, error) { return &clockChange{Real: true}, nil }),
	)
	cmd.RunE = showClock(r)
	cmd.Example = "  tenantry clock\n  tenantry clock freeze\n  tenantry clock advance 720h --sandbox my-test"
	return newRemote(cmd, r)
}

func showClock(r *remote) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		return tell(cmd, r, r.about(http.MethodGet, "clock"), describeClock)
	}
}

func describeClock(b *strings.Builder, c *clockAnswer) { fmt.Fprintln(b, c) }

// newClockChange takes as many arguments as its use names.
func newClockChange(r *remote, use, short string, change func(arg string) (*clockChange, error)) *cobra.Command {
	args := len(strings.Fields(use)) - 1
	return command(use, short, cobra.ExactArgs(args), func(cmd *cobra.Command, args []string) error {
		c, err := change(strings.Join(args, ""))
		if err != nil {
			return err
		}
		return tell(cmd, r, r.about(http.MethodPut, "clock").with(c), describeClock)
	})
}

func scaleClock(text string) (*clockChange, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n > 0) {
		return nil, fmt.Errorf("scale %q is not a number above 0; \"tenantry clock freeze\" stops the clock", text)
	}
	return &clockChange{Scale: n}, nil
}
