package measure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

// ErrEnded is the error of who asks of a process that has ended.
var ErrEnded = errors.New("it ended")

// grace is how long a server may take to end when it is asked to.
const grace = 20 * time.Second

// A Command says how a server is started.
type Command struct {
	Path   string
	Args   []string
	Dir    string
	Env    []string  // of the form NAME=value; nil is that of this program
	Output io.Writer // of standard output and error; nil keeps the end of it for the error of a failed start
}

// A Process is a server that was started. It is ended with Stop, or with the context of its start.
type Process struct {
	// Startup is the time from the start to readiness.
	Startup time.Duration

	cmd   *exec.Cmd
	ended chan struct{}
	err   error // of the ended process
}

// Start starts a server and waits until ready returns; Startup is the time from the start to then. A server that ends
// before it is ready is an error with what it said.
func Start(ctx context.Context, c Command, ready func(context.Context) error) (*Process, error) {
	cmd := exec.CommandContext(ctx, c.Path, c.Args...) //nolint:gosec // the caller's own server
	cmd.Dir, cmd.Env = c.Dir, c.Env
	said := &tail{}
	cmd.Stdout, cmd.Stderr = c.Output, c.Output
	if c.Output == nil {
		cmd.Stdout, cmd.Stderr = said, said
	}
	ownGroup(cmd)
	watch := Begin()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", c.Path, err)
	}
	p := &Process{cmd: cmd, ended: make(chan struct{})}
	go func() {
		defer close(p.ended)
		p.err = cmd.Wait()
	}()
	if err := p.await(ctx, ready); err != nil {
		_ = killGroup(cmd)
		<-p.ended
		return nil, fmt.Errorf("start %s: %w: %s", c.Path, err, said)
	}
	p.Startup = watch.Elapsed()
	return p, nil
}

// await waits for the server to be ready or to end.
func (p *Process) await(ctx context.Context, ready func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	checked := make(chan error, 1)
	go func() { checked <- ready(ctx) }()
	select {
	case err := <-checked:
		return err
	case <-p.ended:
		cancel()
		if err := <-checked; err == nil {
			return fmt.Errorf("%w when it was ready", ErrEnded)
		}
		return fmt.Errorf("%w before it was ready", ErrEnded)
	}
}

// PID is the process id of what was started.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Stop asks the process group to end, and kills it when it does not within twenty seconds. A server that ends with
// another exit code than 0, for which it may have its reasons, is an error.
func (p *Process) Stop() error {
	if err := endGroup(p.cmd); err != nil {
		return fmt.Errorf("stop %s: %w", p.cmd.Path, err)
	}
	patience := time.NewTimer(grace)
	defer patience.Stop()
	select {
	case <-p.ended:
	case <-patience.C:
		err := killGroup(p.cmd)
		<-p.ended
		return errors.Join(fmt.Errorf("stop %s: it did not end within %v and was killed", p.cmd.Path, grace), err)
	}
	if p.err != nil {
		return fmt.Errorf("stop %s: %w", p.cmd.Path, p.err)
	}
	return nil
}

// Kill ends the process group at once.
func (p *Process) Kill() error {
	err := killGroup(p.cmd)
	<-p.ended
	return err
}

// tail keeps the last few kilobytes of what was written. It has one writer: exec writes both outputs through one pipe
// when they are the same.
type tail struct{ kept bytes.Buffer }

const keptBytes = 4 << 10

func (t *tail) Write(b []byte) (int, error) {
	t.kept.Write(b)
	t.kept.Next(max(0, t.kept.Len()-keptBytes))
	return len(b), nil
}

func (t *tail) String() string { return t.kept.String() }
