package sandbox

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/model"
)

// A ClockChange moves a world's clock: first to a time, then forward, then its pace is changed. Zero members leave
// things as they are.
type ClockChange struct {
	Set     time.Time
	Advance time.Duration
	Scale   float64 // world seconds in a wall second
	Freeze  bool
	Real    bool // at the wall's pace, from the present virtual time
}

func (c ClockChange) check() error {
	paces := 0
	for _, asked := range []bool{c.Scale != 0, c.Freeze, c.Real} {
		if asked {
			paces++
		}
	}
	switch {
	case paces > 1:
		return model.Errorf(model.Invalid, "invalid_clock", "a clock has one pace: use one of freeze, scale and real")
	case c.Scale < 0 || c.Scale > 1e6:
		return model.Errorf(model.Invalid, "invalid_clock", "scale %v is not above 0 and at most 1000000", c.Scale)
	case c.Advance < 0:
		return model.Errorf(model.Invalid, "invalid_clock", "advance %v is negative: %v", c.Advance, det.ErrBackwards)
	}
	return nil
}

// apply moves the clock, whole or not at all. A world that begins may begin at any time.
func (c ClockChange) apply(clock *det.Virtual, begins bool) error {
	if err := c.check(); err != nil {
		return err
	}
	s := clock.State()
	if !c.Set.IsZero() {
		if c.Set.Before(s.Virtual) && !begins {
			return model.Errorf(model.Invalid, "invalid_clock", "%s is before the world's present time %s: %v",
				c.Set.Format(time.RFC3339), s.Virtual.Format(time.RFC3339), det.ErrBackwards)
		}
		s.Virtual = c.Set.UTC()
	}
	s.Virtual = s.Virtual.Add(c.Advance)
	switch {
	case c.Freeze:
		s.Scale = 0
	case c.Real:
		s.Scale = 1
	case c.Scale != 0:
		s.Scale = c.Scale
	}
	if s.Virtual.Year() < 1970 || s.Virtual.After(det.End()) {
		return model.Errorf(model.Invalid, "invalid_clock", "the clock shows times from 1970 to %s, not the year %d", det.End().Format(time.DateOnly), s.Virtual.Year())
	}
	clock.Restore(s)
	return nil
}

// ChangeClock moves the clock of a world. Transitions that have become due are committed before it answers.
func (m *Manager) ChangeClock(ctx context.Context, w *World, change ClockChange) (det.ClockState, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.alive(); err != nil {
		return det.ClockState{}, err
	}
	was := w.Clock.State()
	if err := change.apply(w.Clock, false); err != nil {
		return det.ClockState{}, err
	}
	if err := m.record(ctx, w); err != nil {
		w.Clock.Restore(was)
		return det.ClockState{}, err
	}
	w.State.View(ctx)
	return w.Clock.State(), nil
}
