package main

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tenantry/tenantry/fixtures"
)

func newSeed() *cobra.Command {
	var o fixtures.Options
	cmd := &cobra.Command{
		Use:   "seed",
		Short: "Write a made-up world for --fixture",
		Long: "Writes a world of made-up companies and people to standard output, for \"tenantry serve --fixture FILE\".\n" +
			"The same numbers and the same seed give the same bytes.",
		Example: "  tenantry seed --tenants 200 --users 3000 > world.yaml\n  tenantry serve --fixture world.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
			if err := fixtures.Generate(out, o); err != nil {
				return fmt.Errorf("make a world: %w", err)
			}
			return out.Flush()
		},
	}
	cmd.Flags().IntVar(&o.Tenants, "tenants", 100, "how many tenants, the root and personal ones aside")
	cmd.Flags().IntVar(&o.Users, "users", 1000, "how many users")
	cmd.Flags().Int64Var(&o.Seed, "seed", 1, "seed of everything that is made up")
	return cmd
}
