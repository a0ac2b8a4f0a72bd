//go:build unix

package measure

import (
	"errors"
	"os/exec"
	"syscall"
)

// ownGroup makes the process the head of a group of its own, so that its children end with it.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return killGroup(cmd) }
}

func endGroup(cmd *exec.Cmd) error { return signal(cmd, syscall.SIGTERM) }

func killGroup(cmd *exec.Cmd) error { return signal(cmd, syscall.SIGKILL) }

// signal counts a group that is gone already as reached.
func signal(cmd *exec.Cmd, s syscall.Signal) error {
	if err := syscall.Kill(-cmd.Process.Pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}
