package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

func newSandbox() *cobra.Command {
	r := &remote{}
	cmd := group("sandbox", "Make, list, change, copy and end sandboxes",
		"A sandbox is a world of its own on a running server: state, clock, fault rules, journal and credentials. A client\n"+
			"reaches it by its URL in place of the cloud's, or by one of its API clients at the server's own URL. The one named\n"+
			"default is always there.",
		newSandboxCreate(r), newSandboxList(r), newSandboxShow(r), newSandboxSet(r), newSandboxDelete(r),
		newSnapshotSave(r), newSnapshotRestore(r), newSnapshots(r), newSnapshotDrop(r), newSnapshotDiff(r),
		newStateExport(r), newStateReplace(r))
	cmd.Example = "  tenantry sandbox create my-test --ttl 10m\n  tenantry sandbox save before --sandbox my-test\n  tenantry sandbox diff before --sandbox my-test"
	return newRemote(cmd, r)
}

// sandboxAnswer is what commands show of a sandbox.
type sandboxAnswer struct {
	ID      string `json:"id"`
	BaseURL string `json:"base_url"`
	APIURL  string `json:"api_url"`
	Seed    int64  `json:"seed"`
	Durable bool   `json:"durable"`
	Expires string `json:"expires_at"`
	Origin  struct {
		Fixture  string `json:"fixture"`
		Snapshot string `json:"snapshot"`
		Fork     string `json:"fork"`
	} `json:"origin"`
	Clock    clockAnswer       `json:"clock"`
	Settings map[string]string `json:"settings"`
	Clients  []struct {
		ID     string   `json:"client_id"`
		Secret string   `json:"client_secret"`
		Roles  []string `json:"roles"`
	} `json:"clients"`
	Users []struct {
		Login    string `json:"login"`
		Password string `json:"password"`
	} `json:"users"`
}

// from says what the sandbox was made from.
func (s *sandboxAnswer) from() string {
	switch o := s.Origin; {
	case o.Snapshot != "":
		return "snapshot " + o.Snapshot
	case o.Fork != "":
		return "fork of " + o.Fork
	case o.Fixture != "":
		return "fixture " + o.Fixture
	}
	return "an exported state"
}

func (s *sandboxAnswer) kept() string {
	switch {
	case s.Expires != "":
		return "until " + s.Expires
	case s.Durable:
		return "in the data file"
	}
	return "in memory"
}

// maxUsers is how many users of a sandbox a person is shown.
const maxUsers = 3

// describe is the block that create, show, set and replace print.
func (s *sandboxAnswer) describe(b *strings.Builder) {
	fmt.Fprintf(b, "sandbox\t%s\nURL\t%s\nAPI\t%s\n", s.ID, s.BaseURL, s.APIURL)
	fmt.Fprintf(b, "made from\t%s, seed %d\nkept\t%s\nclock\t%s\n", s.from(), s.Seed, s.kept(), &s.Clock)
	for _, name := range sorted(s.Settings) {
		fmt.Fprintf(b, "setting\t%s=%s\n", name, s.Settings[name])
	}
	for _, c := range s.Clients {
		fmt.Fprintf(b, "client\t%s", strings.TrimSuffix(c.ID+":"+c.Secret, ":")) // a public one has no secret
		if len(c.Roles) > 0 {
			b.WriteString("\t" + strings.Join(c.Roles, ","))
		}
		b.WriteByte('\n')
	}
	for i, u := range s.Users {
		if i == maxUsers {
			fmt.Fprintf(b, "user\tand %d more, see --json\n", len(s.Users)-i)
			break
		}
		fmt.Fprintf(b, "user\t%s:%s\n", u.Login, u.Password)
	}
}

func describeSandbox(b *strings.Builder, s *sandboxAnswer) { s.describe(b) }

func newSandboxList(r *remote) *cobra.Command {
	return command("list", "List the sandboxes", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		q := question{method: http.MethodGet, path: "/sandboxes"}
		return tell(cmd, r, q, func(b *strings.Builder, list *struct{ Items []sandboxAnswer }) {
			b.WriteString("ID\tURL\tMADE FROM\tKEPT\n")
			for _, s := range list.Items {
				fmt.Fprintf(b, "%s\t%s\t%s\t%s\n", s.ID, s.BaseURL, s.from(), s.kept())
			}
		})
	})
}

func newSandboxShow(r *remote) *cobra.Command {
	return command("show [ID]", "Show a sandbox with its credentials", cobra.MaximumNArgs(1), func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			r.sandbox = args[0]
		}
		return tell(cmd, r, r.about(http.MethodGet), describeSandbox)
	})
}

func newSandboxSet(r *remote) *cobra.Command {
	cmd := command("set ID NAME=VALUE…", "Change settings of a sandbox", cobra.MinimumNArgs(2), func(cmd *cobra.Command, args []string) error {
		settings, err := pairs("", args[1:])
		if err != nil {
			return err
		}
		r.sandbox = args[0]
		change := map[string]any{"settings": settings}
		return tell(cmd, r, r.about(http.MethodPatch).with(change), describeSandbox)
	})
	cmd.Example = "  tenantry sandbox set default lockout=on"
	return cmd
}

func newSandboxDelete(r *remote) *cobra.Command {
	return command("delete ID…", "End sandboxes", cobra.MinimumNArgs(1), func(cmd *cobra.Command, args []string) error {
		for _, id := range args {
			q := question{method: http.MethodDelete, path: "/sandboxes/" + url.PathEscape(id)}
			if err := r.tell(cmd, q, "deleted "+id); err != nil {
				return err
			}
		}
		return nil
	})
}
