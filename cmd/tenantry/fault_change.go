package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
)

func newFaultAdd(r *remote) *cobra.Command {
	var file string
	cmd := command("add [RULE]", "Add or replace one rule, JSON", cobra.MaximumNArgs(1), func(cmd *cobra.Command, args []string) error {
		rule, err := ruleText(cmd, args, file)
		if err != nil {
			return err
		}
		id, err := ruleID(rule)
		if err != nil {
			return err
		}
		return tell(cmd, r, r.about(http.MethodPut, "faults", id).with(rule), func(b *strings.Builder, a *ruleAnswer) {
			fmt.Fprintf(b, "rule %s (%s) is in force in sandbox %s\n", a.ID, a.Kind, r.sandbox)
		})
	})
	cmd.Long = "Adds a rule, or replaces the one with the same id. A rule without an id is named after its kind."
	cmd.Example = "  tenantry fault add '{\"kind\": \"delay\", \"match\": {\"tag\": \"users\"}, \"with\": {\"fixed\": \"250ms\"}}'\n  tenantry fault add -f rule.json"
	cmd.Flags().StringVarP(&file, "file", "f", "", "file that holds the rule; - for standard input")
	return cmd
}

// ruleText is the rule of the command line or of the file.
func ruleText(cmd *cobra.Command, args []string, file string) (json.RawMessage, error) {
	switch {
	case (len(args) == 1) == (file != ""):
		return nil, errors.New("give one rule: as an argument, or in a file with -f")
	case file != "":
		return readFile(cmd, file)
	}
	return json.RawMessage(args[0]), nil
}

// ruleID is the id that the rule has, or gets. All else is for the server to judge.
func ruleID(rule json.RawMessage) (string, error) {
	var named struct{ ID, Kind any }
	if err := json.Unmarshal(rule, &named); err != nil {
		return "", fmt.Errorf("the rule is not a JSON object: %w", err)
	}
	if id, ok := named.ID.(string); ok && id != "" {
		return id, nil
	}
	if kind, ok := named.Kind.(string); ok && kind != "" {
		return strings.ReplaceAll(kind, "_", "-"), nil
	}
	return "", errors.New("the rule lacks a kind; \"tenantry fault kinds\" lists them")
}

func newFaultApply(r *remote) *cobra.Command {
	cmd := command("apply FILE", "Replace all rules by those of a file", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		text, err := readFile(cmd, args[0])
		if err != nil {
			return err
		}
		set := json.RawMessage(text)
		if !json.Valid(set) {
			return fmt.Errorf("%s is not JSON; want {\"rules\": […]} or an array of rules", args[0])
		}
		q := r.about(http.MethodPut, "faults").with(set)
		if bytes.HasPrefix(bytes.TrimSpace(set), []byte("[")) {
			q = q.with(map[string]any{"rules": set})
		}
		return tell(cmd, r, q, describeRules)
	})
	cmd.Long = "Reads {\"rules\": […]} or an array of rules from a file, or from standard input for -, and puts them in the place of\n" +
		"those that there are, all or none. Counters begin anew."
	return cmd
}

func newFaultProfile(r *remote) *cobra.Command {
	cmd := command("profile NAME", "Add the rules of a profile", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		return tell(cmd, r, r.about(http.MethodPost, "faults", "profiles", args[0]), describeRules)
	})
	cmd.Long = "Adds the rules of a profile to those that there are. \"tenantry fault profiles\" lists the profiles."
	return cmd
}

func newFaultRemove(r *remote) *cobra.Command {
	return command("remove ID…", "Remove rules", cobra.MinimumNArgs(1), func(cmd *cobra.Command, args []string) error {
		for _, id := range args {
			if err := r.tell(cmd, r.about(http.MethodDelete, "faults", id), "removed "+id); err != nil {
				return err
			}
		}
		return nil
	})
}

func newFaultClear(r *remote) *cobra.Command {
	return command("clear", "Remove all rules", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return r.tell(cmd, r.about(http.MethodDelete, "faults"), "no rule is in force in sandbox "+r.sandbox)
	})
}
