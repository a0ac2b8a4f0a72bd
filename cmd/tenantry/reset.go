package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
)

func newReset() *cobra.Command {
	r := &remote{}
	cmd := command("reset", "Take a sandbox back to where it began", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return tell(cmd, r, r.about(http.MethodPost, "reset"), func(b *strings.Builder, s *sandboxAnswer) {
			fmt.Fprintf(b, "sandbox %s is back where it began, at %s\n", s.ID, s.Clock.Now)
		})
	})
	cmd.Long = "Restores the state and the clock that the sandbox was made with, its own credentials and settings included.\n" +
		"Fault rules and journal are cleared; snapshots stay."
	cmd.Example = "  tenantry reset\n  tenantry reset --sandbox my-test"
	return newRemote(cmd, r)
}
