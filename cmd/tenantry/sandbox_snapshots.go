package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
)

// snapshotAnswer is what commands show of a snapshot.
type snapshotAnswer struct {
	Name  string  `json:"name"`
	Taken string  `json:"taken_at"`
	Now   string  `json:"now"`
	Scale float64 `json:"scale"`
}

func newSnapshotSave(r *remote) *cobra.Command {
	return command("save NAME", "Save the present state and clock as a snapshot", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		return tell(cmd, r, r.about(http.MethodPut, "snapshots", args[0]), func(b *strings.Builder, s *snapshotAnswer) {
			fmt.Fprintf(b, "saved %s of sandbox %s, at %s\n", s.Name, r.sandbox, s.Now)
		})
	})
}

func newSnapshotRestore(r *remote) *cobra.Command {
	cmd := command("restore NAME", "Go back to a snapshot", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		return tell(cmd, r, r.about(http.MethodPost, "snapshots", args[0]), func(b *strings.Builder, s *snapshotAnswer) {
			fmt.Fprintf(b, "sandbox %s is back at %s, %s\n", r.sandbox, s.Name, s.Now)
		})
	})
	cmd.Long = "Restores state and clock. Fault rules, journal and snapshots stay."
	return cmd
}

func newSnapshots(r *remote) *cobra.Command {
	return command("snapshots", "List the snapshots of a sandbox", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return tell(cmd, r, r.about(http.MethodGet, "snapshots"), func(b *strings.Builder, list *struct{ Items []snapshotAnswer }) {
			b.WriteString("NAME\tTAKEN\tCLOCK\n")
			for _, s := range list.Items {
				fmt.Fprintf(b, "%s\t%s\t%s\n", s.Name, s.Taken, &clockAnswer{Now: s.Now, Scale: s.Scale})
			}
		})
	})
}

func newSnapshotDrop(r *remote) *cobra.Command {
	return command("drop NAME…", "Delete snapshots", cobra.MinimumNArgs(1), func(cmd *cobra.Command, args []string) error {
		for _, name := range args {
			if err := r.tell(cmd, r.about(http.MethodDelete, "snapshots", name), "dropped "+name); err != nil {
				return err
			}
		}
		return nil
	})
}
