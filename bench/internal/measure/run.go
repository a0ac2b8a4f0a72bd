package measure

import (
	"context"
	"fmt"
	"io"
	"os/exec"
)

// Run runs a program to its end; said gets what it prints. When ctx ends first, so does the program, with everything
// that it started.
func Run(ctx context.Context, said io.Writer, path string, args ...string) error {
	cmd := exec.CommandContext(ctx, path, args...) //nolint:gosec // the caller's own tools
	cmd.Stdout, cmd.Stderr = said, said
	ownGroup(cmd)
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run %s: %w", path, err)
	}
	return nil
}
