package det

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// Clock tells a world's time, in UTC. Implementations never run backwards.
type Clock interface {
	Now() time.Time
}

// Wall reads the machine's clock. Delays, time-outs and lifetimes of sandboxes follow it, nothing of the domain does.
func Wall() time.Time { return time.Now().UTC() }

// Since is the wall time that passed since t.
func Since(t time.Time) time.Duration { return time.Since(t) }

// End is the last time that a virtual clock shows. Whoever goes there from now passes a hundred and more monthly reports,
// not a hundred thousand.
func End() time.Time { return time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC) }

// Virtual is a world's clock. It follows the wall at a scale from an origin, or stands still.
// The zero value is not usable; make one with NewVirtual.
type Virtual struct {
	wall func() time.Time

	mu     sync.Mutex
	state  ClockState
	latest time.Time // never answered less than this
}

// ClockState is what a clock is made of; it can be stored and put back.
type ClockState struct {
	Virtual time.Time `json:"virtual,omitzero"` // the world's time at the wall time Wall
	Wall    time.Time `json:"wall,omitzero"`
	Scale   float64   `json:"scale"` // world seconds in a wall second; 0 when frozen
}

// NewVirtual returns a clock that shows the wall's time. A nil wall means the machine's.
func NewVirtual(wall func() time.Time) *Virtual {
	if wall == nil {
		wall = Wall
	}
	now := wall()
	return &Virtual{wall: wall, state: ClockState{Virtual: now, Wall: now, Scale: 1}}
}

// Now is the world's time, in UTC, in whole microseconds.
func (c *Virtual) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Virtual) now() time.Time {
	t := c.state.Virtual
	if c.state.Scale != 0 {
		t = t.Add(time.Duration(float64(c.wall().Sub(c.state.Wall)) * c.state.Scale))
	}
	t = t.UTC().Truncate(time.Microsecond)
	if end := End(); t.After(end) {
		t = end
	}
	if t.Before(c.latest) {
		return c.latest
	}
	c.latest = t
	return t
}

// Freeze stops the clock where it is.
func (c *Virtual) Freeze() { c.rebase(func(s *ClockState) { s.Scale = 0 }) }

// Resume lets the clock run at the wall's pace from the present world time.
func (c *Virtual) Resume() { c.rebase(func(s *ClockState) { s.Scale = 1 }) }

// Scale lets the clock run n times as fast as the wall.
func (c *Virtual) Scale(n float64) error {
	if n <= 0 || n > 1e6 {
		return fmt.Errorf("clock scale %v is not between 0 and 1000000", n)
	}
	c.rebase(func(s *ClockState) { s.Scale = n })
	return nil
}

// ErrBackwards says that a clock was asked to go back; only a reset or a restore does that.
var ErrBackwards = errors.New("the clock cannot run backwards; reset the sandbox or restore a snapshot instead")

// Advance moves the clock forward by d.
func (c *Virtual) Advance(d time.Duration) error {
	if d < 0 {
		return ErrBackwards
	}
	c.rebase(func(s *ClockState) { s.Virtual = s.Virtual.Add(d) })
	return nil
}

// Set moves the clock forward to t, keeping its pace.
func (c *Virtual) Set(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.Before(c.now()) {
		return ErrBackwards
	}
	c.state = ClockState{Virtual: t.UTC(), Wall: c.wall(), Scale: c.state.Scale}
	return nil
}

// State is the clock as of now.
func (c *Virtual) State() ClockState {
	c.mu.Lock()
	defer c.mu.Unlock()
	return ClockState{Virtual: c.now(), Wall: c.wall(), Scale: c.state.Scale}
}

// Restore puts a stored state back, which may be in the past.
func (c *Virtual) Restore(s ClockState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state, c.latest = s, time.Time{}
}

func (c *Virtual) rebase(change func(*ClockState)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := ClockState{Virtual: c.now(), Wall: c.wall(), Scale: c.state.Scale}
	change(&s)
	c.state = s
}
