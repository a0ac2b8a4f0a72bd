package sandbox

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Default is the id of the world that requests reach without naming one.
const Default = "default"

// A World is one isolated copy of everything a client can see. Its fields do not change; what they point to does.
type World struct {
	ID      string
	State   *state.World
	Clock   *det.Virtual
	Faults  *fault.Set
	Journal *journal.Journal

	Origin  Origin
	Durable bool
	Created time.Time // wall time
	Expires time.Time // wall time; zero: never
	Clients []Client  // that are of this world alone

	base saved
	meta []byte // of the world in the data file

	life atomic.Pointer[life] // until the world is taken back or ends

	mu        sync.Mutex // held while the world is changed as a whole: reset, restore, snapshots, clock, rules
	snapshots map[string]saved
	gone      bool
}

// Below reports whether a tenant is another one or below it, now.
func (w *World) Below(tenant, root string) bool {
	return w.State.View(context.Background()).Under(model.TenantID(tenant), model.TenantID(root))
}

// A life is the time between two resets: who waits in one does not act in the next.
type life struct {
	ctx context.Context
	end context.CancelFunc
}

func newLife() *life {
	ctx, end := context.WithCancel(context.Background())
	return &life{ctx, end}
}

// Life ends when the world is reset, restored or deleted. What a fault holds back until then must not happen afterwards.
func (w *World) Life() context.Context { return w.life.Load().ctx }

// rebirth ends what waits in the world.
func (w *World) rebirth() { w.life.Swap(newLife()).end() }

// An Origin is what a world was made from.
type Origin struct {
	Fixture  string `json:"fixture,omitempty"`
	Snapshot string `json:"snapshot,omitempty"` // as sandbox/name
	Fork     string `json:"fork,omitempty"`     // id of the sandbox whose present state was copied
	Seed     int64  `json:"seed"`
}

// A Client is an API client that exists in one sandbox alone: requests that present it reach that sandbox
// without its path prefix. It has the tenant and the rights of another client, of which it is a twin.
type Client struct {
	ID     model.ClientID `json:"client_id"`
	Secret string         `json:"client_secret"` // "" of a public client
	Tenant model.TenantID `json:"tenant_id"`
	TwinOf model.ClientID `json:"twin_of"`
	Roles  []string       `json:"roles"`
}

// saved is a state with the clock that goes with it.
type saved struct {
	state state.Snapshot  // zero: it has to be loaded, see Manager.load
	clock *det.ClockState // nil: that of the wall
	taken time.Time       // wall time
	world time.Time       // of the world's clock
}

// clockOf is the clock's state to be saved; nil for one that nobody touched, which goes on with the wall.
func clockOf(c *det.Virtual) *det.ClockState {
	s := c.State()
	if off := s.Virtual.Sub(s.Wall).Abs(); s.Scale == 1 && off < time.Millisecond {
		return nil
	}
	return &s
}

// setClock puts a saved state of a clock in force from now on.
func setClock(c *det.Virtual, s *det.ClockState, wall time.Time) {
	if s == nil {
		c.Restore(det.ClockState{Virtual: wall, Wall: wall, Scale: 1})
		return
	}
	c.Restore(det.ClockState{Virtual: s.Virtual, Wall: wall, Scale: s.Scale})
}
