package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
)

func newFault() *cobra.Command {
	r := &remote{}
	cmd := group("fault", "Let a sandbox misbehave",
		"A fault rule says which requests meet which fault, and when. What kinds there are, with a rule of each to copy, is what\n"+
			"\"tenantry fault kinds\" prints.",
		newFaultKinds(r), newFaultProfiles(r), newFaultList(r),
		newFaultAdd(r), newFaultApply(r), newFaultProfile(r), newFaultRemove(r), newFaultClear(r))
	cmd.Example = "  tenantry fault add '{\"kind\": \"error\", \"match\": {\"operation\": \"listUsers\"}, \"when\": {\"times\": 2}}'\n" +
		"  tenantry fault profile flaky-idp --sandbox my-test\n  tenantry fault clear"
	return newRemote(cmd, r)
}

// ruleAnswer is what commands show of a fault rule.
type ruleAnswer struct {
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Match   json.RawMessage `json:"match"`
	Matched int64           `json:"matched"`
	Applied int64           `json:"applied"`
	Active  int64           `json:"active"`
	Expires string          `json:"expires_at"`
}

type rulesAnswer struct{ Rules []ruleAnswer }

func describeRules(b *strings.Builder, list *rulesAnswer) {
	b.WriteString("ID\tKIND\tMATCHED\tAPPLIED\tACTIVE\tEXPIRES\tMATCH\n")
	for _, r := range list.Rules {
		describeRule(b, &r)
	}
}

func describeRule(b *strings.Builder, r *ruleAnswer) {
	match, expires := "all requests", "never"
	if len(r.Match) > 0 {
		match = string(r.Match)
	}
	if r.Expires != "" {
		expires = r.Expires
	}
	fmt.Fprintf(b, "%s\t%s\t%d\t%d\t%d\t%s\t%s\n", r.ID, r.Kind, r.Matched, r.Applied, r.Active, expires, match)
}

func newFaultKinds(r *remote) *cobra.Command {
	cmd := command("kinds", "List what a rule can do, with a rule of each to copy", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		q := question{method: http.MethodGet, path: "/fault-kinds"}
		return tell(cmd, r, q, func(b *strings.Builder, list *struct{ Items []kindAnswer }) {
			for _, k := range list.Items {
				fmt.Fprintf(b, "%s (%s): %s\n  %s\n", k.Name, k.Family, k.Summary, k.Example)
			}
		})
	})
	cmd.Long = "Lists the kinds of faults. With --json each has its parameters, their types and their defaults."
	return cmd
}

type kindAnswer struct {
	Name, Family, Summary string
	Example               json.RawMessage
}

func newFaultProfiles(r *remote) *cobra.Command {
	return command("profiles", "List the sets of rules that ship with the server", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		q := question{method: http.MethodGet, path: "/fault-profiles"}
		return tell(cmd, r, q, func(b *strings.Builder, list *struct {
			Items []struct{ Name, Summary string }
		},
		) {
			for _, p := range list.Items {
				fmt.Fprintf(b, "%s\t%s\n", p.Name, p.Summary)
			}
		})
	})
}

func newFaultList(r *remote) *cobra.Command {
	cmd := command("list", "List the rules of a sandbox with their counters", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return tell(cmd, r, r.about(http.MethodGet, "faults"), describeRules)
	})
	cmd.Long = "Lists the rules in the order in which they act: how many requests each matched, how many of them met the fault, how\n" +
		"many are under it now."
	return cmd
}
