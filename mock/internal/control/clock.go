package control

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
)

// clockOut is a clock as of now.
type clockOut struct {
	Now    time.Time `json:"now"`
	Wall   time.Time `json:"wall"`
	Scale  float64   `json:"scale"`
	Frozen bool      `json:"frozen"`
}

func clockOf(s det.ClockState) clockOut {
	return clockOut{Now: s.Virtual, Wall: s.Wall, Scale: s.Scale, Frozen: s.Scale == 0}
}

func (c *Control) getClock(_ context.Context, in idIn) (clockOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return clockOut{}, err
	}
	return clockOf(w.Clock.State()), nil
}

// clockChange is sandbox.ClockChange in the words of the document.
type clockChange struct {
	Set     time.Time      `json:"set"`
	Advance fault.Duration `json:"advance"`
	Scale   float64        `json:"scale"`
	Freeze  bool           `json:"freeze"`
	Real    bool           `json:"real"`
}

func (c clockChange) change() sandbox.ClockChange {
	return sandbox.ClockChange{Set: c.Set, Advance: time.Duration(c.Advance), Scale: c.Scale, Freeze: c.Freeze, Real: c.Real}
}

type clockIn struct {
	ID   string `path:"id"`
	Body clockChange
}

func (c *Control) changeClock(ctx context.Context, in clockIn) (clockOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return clockOut{}, err
	}
	s, err := c.cfg.Worlds.ChangeClock(ctx, w, in.Body.change())
	if err != nil {
		return clockOut{}, err
	}
	return clockOf(s), nil
}
