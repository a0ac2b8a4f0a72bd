package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
)

// createFlags are the flags of sandbox create.
type createFlags struct {
	fixture, snapshot, fork string
	seed                    int64
	at                      string
	freeze                  bool
	ttl                     string
	durable                 bool
	set                     []string
	quiet                   bool
}

// sandboxOrder is what the server is asked to make.
type sandboxOrder struct {
	ID       string            `json:"id,omitempty"`
	Fixture  string            `json:"fixture,omitempty"`
	Snapshot string            `json:"snapshot,omitempty"`
	Fork     string            `json:"fork,omitempty"`
	Seed     *int64            `json:"seed,omitempty"`
	Clock    *clockChange      `json:"clock,omitempty"`
	TTL      string            `json:"ttl,omitempty"`
	Durable  bool              `json:"durable,omitempty"`
	Settings map[string]string `json:"settings,omitempty"`
}

func newSandboxCreate(r *remote) *cobra.Command {
	var f createFlags
	cmd := command("create [ID]", "Make a sandbox", cobra.MaximumNArgs(1), func(cmd *cobra.Command, args []string) error {
		order, err := f.order(cmd, args)
		if err != nil {
			return err
		}
		q := question{method: http.MethodPost, path: "/sandboxes", body: order}
		return tell(cmd, r, q, func(b *strings.Builder, s *sandboxAnswer) {
			if f.quiet {
				fmt.Fprintln(b, s.ID)
				return
			}
			s.describe(b)
		})
	})
	cmd.Long = "Makes a sandbox from a fixture, from a snapshot or from the present state of another one, and prints its URL and\n" +
		"its credentials. Without an id it gets one that is free."
	cmd.Example = "  tenantry sandbox create my-test --ttl 10m --set validation=strict\n" +
		"  tenantry sandbox create --fork default --at 2026-01-31T23:59:00Z --freeze\n" +
		"  id=$(tenantry sandbox create --quiet)"
	f.register(cmd)
	return cmd
}

func (f *createFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.fixture, "fixture", "", "begin with demo, empty, or the fixture that the server was started with (default demo)")
	flags.StringVar(&f.snapshot, "snapshot", "", "begin with a snapshot of the default sandbox, or with SANDBOX/NAME")
	flags.StringVar(&f.fork, "fork", "", "begin with the present state and clock of this sandbox")
	flags.Int64Var(&f.seed, "seed", 0, "seed of identifiers, secrets and chance (default 1, or that of what is copied)")
	flags.StringVar(&f.at, "at", "", "set its clock to this time, such as 2026-01-31T23:59:00Z")
	flags.BoolVar(&f.freeze, "freeze", false, "stop its clock")
	flags.StringVar(&f.ttl, "ttl", "", "end it after this time, such as 10m")
	flags.BoolVar(&f.durable, "durable", false, "keep it in the data file of the server")
	flags.StringArrayVar(&f.set, "set", nil, "switch of the sandbox as name=value; may be repeated")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print the id alone")
}

func (f *createFlags) order(cmd *cobra.Command, args []string) (*sandboxOrder, error) {
	if err := oneOf(cmd, "fixture", "snapshot", "fork"); err != nil {
		return nil, err
	}
	settings, err := pairs("--set ", f.set)
	if err != nil {
		return nil, err
	}
	order := &sandboxOrder{
		Fixture: f.fixture, Snapshot: f.snapshot, Fork: f.fork,
		TTL: f.ttl, Durable: f.durable, Settings: settings,
	}
	if len(args) == 1 {
		order.ID = args[0]
	}
	if cmd.Flags().Changed("seed") {
		order.Seed = &f.seed
	}
	if f.at != "" || f.freeze {
		order.Clock = &clockChange{Set: f.at, Freeze: f.freeze}
	}
	return order, nil
}
