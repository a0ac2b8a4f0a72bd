package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// A coded error ends the command with an exit status of its own.
type coded struct {
	status int
	err    error
}

func (c coded) Error() string { return c.err.Error() }
func (c coded) Unwrap() error { return c.err }

// status is what the command exits with: 1 for an error that says nothing else.
func status(err error) int {
	var c coded
	switch {
	case err == nil:
		return 0
	case errors.As(err, &c):
		return c.status
	}
	return 1
}

// withStatus gives every error of a command that has no status yet this one: those of its flags, its arguments and its
// environment too.
func withStatus(cmd *cobra.Command, code int) {
	wrap := func(err error) error {
		var c coded
		if err == nil || errors.As(err, &c) {
			return err
		}
		return coded{code, err}
	}
	args, before, run := cmd.Args, cmd.PersistentPreRunE, cmd.RunE
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return wrap(err) })
	cmd.Args = func(cmd *cobra.Command, given []string) error { return wrap(args(cmd, given)) }
	cmd.PersistentPreRunE = func(cmd *cobra.Command, given []string) error { return wrap(before(cmd, given)) }
	cmd.RunE = func(cmd *cobra.Command, given []string) error { return wrap(run(cmd, given)) }
}

// command is one that takes these arguments and no sub-command. A shell completes its arguments with files if they are
// named FILE.
func command(use, short string, args cobra.PositionalArgs, run func(cmd *cobra.Command, args []string) error) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, RunE: run}
	cmd.Args = func(cmd *cobra.Command, given []string) error {
		if err := args(cmd, given); err != nil {
			return fmt.Errorf("%w; usage: %s", err, cmd.UseLine())
		}
		return nil
	}
	if !strings.Contains(use, "FILE") {
		cmd.ValidArgsFunction = cobra.NoFileCompletions
	}
	return cmd
}

// group is a command that has its sub-commands for a purpose. A word that is none of them is an error.
func group(use, short, long string, sub ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Long: long, Args: isSubcommand, SuggestionsMinimumDistance: 2}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(sub...)
	return cmd
}

func isSubcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return fmt.Errorf("unknown command %q for %q; did you mean %s?", args[0], cmd.CommandPath(), near[0])
	}
	return fmt.Errorf("unknown command %q for %q; \"%s --help\" lists those that there are", args[0], cmd.CommandPath(), cmd.CommandPath())
}
