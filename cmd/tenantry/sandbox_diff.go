package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// diffAnswer is what differs between two states of a sandbox.
type diffAnswer struct {
	From        string       `json:"from"`
	To          string       `json:"to"`
	Differences []difference `json:"differences"`
	More        bool         `json:"more"`
	Counts      struct {
		Added   int `json:"added"`
		Removed int `json:"removed"`
		Changed int `json:"changed"`
	} `json:"counts"`
}

type difference struct {
	Table  string `json:"table"`
	Key    string `json:"key"`
	Change string `json:"change"`
	Before row    `json:"before"`
	After  row    `json:"after"`
}

type row map[string]json.RawMessage

func newSnapshotDiff(r *remote) *cobra.Command {
	var with string
	var limit int
	cmd := command("diff NAME", "Say what was added, removed and changed since a snapshot", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		q := r.about(http.MethodGet, "snapshots", args[0], "diff")
		q.query = url.Values{"with": {with}, "limit": {strconv.Itoa(limit)}}
		return tell(cmd, r, q, func(b *strings.Builder, d *diffAnswer) { d.describe(b) })
	})
	cmd.Long = "Compares a snapshot with the present state, with where the sandbox began (base), or with another snapshot.\n" +
		"NAME may be now or base too. A line begins with + for a row that was added, - for one that was removed and ~ for one\n" +
		"that was changed."
	cmd.Example = "  tenantry sandbox diff before\n  tenantry sandbox diff base --with now"
	cmd.Flags().StringVar(&with, "with", "now", "what to compare with: now, base, or another snapshot")
	cmd.Flags().IntVar(&limit, "limit", 100, "how many differences to list at most")
	return cmd
}

func (d *diffAnswer) describe(b *strings.Builder) {
	for _, x := range d.Differences {
		fmt.Fprintf(b, "%s %s\t%s", x.sign(), x.Table, x.Key)
		if x.Before != nil && x.After != nil {
			fmt.Fprintf(b, "\t%s", x.members())
		}
		b.WriteByte('\n')
	}
	more := ""
	if d.More {
		more = "; there are more, raise --limit"
	}
	fmt.Fprintf(b, "%d added, %d removed, %d changed from %s to %s%s\n", d.Counts.Added, d.Counts.Removed, d.Counts.Changed, d.From, d.To, more)
}

func (x *difference) sign() string {
	switch x.Change {
	case "added":
		return "+"
	case "removed":
		return "-"
	}
	return "~"
}

// members are those that differ, with what they were and what they are.
func (x *difference) members() string {
	all := maps.Clone(x.Before)
	maps.Copy(all, x.After)
	var list []string
	for _, name := range sorted(all) {
		before, after := x.Before.member(name), x.After.member(name)
		if !bytes.Equal(before, after) {
			list = append(list, fmt.Sprintf("%s: %s -> %s", name, before, after))
		}
	}
	return strings.Join(list, ", ")
}

func (r row) member(name string) []byte {
	if value, ok := r[name]; ok {
		return value
	}
	return []byte("none")
}
