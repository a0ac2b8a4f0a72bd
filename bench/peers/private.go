package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// errSaid is the failure of a run in a network of its own, which said why.
var errSaid = errors.New("the run failed")

// enter runs this program again, in a network that has only a loopback interface, and hands it the interruptions.
// The system may refuse such networks: then why says so, and nothing ran.
func enter(ctx context.Context, args []string) (why, err error) {
	for _, program := range []string{"unshare", "ip"} {
		if err := have(program); err != nil {
			return err, nil
		}
	}
	if err := inside(ctx, "true").Run(); err != nil {
		return fmt.Errorf("this system allows no network of its own (unshare: %w)", err), nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	cmd := inside(ctx, append([]string{self}, args...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = time.Minute
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: %w", errSaid, err)
	}
	return nil, nil
}

// inside is the command in such a network. The user is root there alone.
func inside(ctx context.Context, command ...string) *exec.Cmd {
	args := append([]string{"--net", "--map-root-user", "sh", "-c", `ip link set lo up && exec "$@"`, "sh"}, command...)
	return exec.CommandContext(ctx, "unshare", args...) //nolint:gosec // this program itself
}
