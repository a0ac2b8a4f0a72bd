package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "tenantry",
		Short: "A stateful mock of the Acronis Account Management API v2",
		Long: "Tenantry is the Acronis Account Management API v2 on your own machine: 88 operations, real state, real OAuth.\n" +
			"Start it with \"tenantry serve\" and point your client at the URL that it prints.\n\n" +
			"Flags can be set by environment variables too: --base-url is TENANTRY_BASE_URL. Of the commands that ask a running\n" +
			"server's control plane these are --control, --control-token, --sandbox and --json.\n\n" +
			"The exit status is 0 for success and 1 for any failure; verify and test have a third one.",
		SilenceUsage:      true,
		SilenceErrors:     true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return fromEnvironment(cmd.Flags(), os.LookupEnv) },
	}
	root.AddCommand(newServe(), newSeed(), newSpec(), newHealth(), newVersion())
	root.AddCommand(newReset(), newSandbox(), newFault(), newClock(), newJournal(), newVerify(), newToken())
	root.AddCommand(newContract(), newRecord(), newOperations())
	return root
}

// envName is the variable of a flag.
func envName(flag string) string {
	return "TENANTRY_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment sets the flags that the command line left out.
func fromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var failed error
	flags.VisitAll(func(f *pflag.Flag) {
		value, ok := lookup(envName(f.Name))
		if f.Changed || !ok || failed != nil {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			failed = fmt.Errorf("environment variable %s: %w", envName(f.Name), err)
		}
	})
	return failed
}
