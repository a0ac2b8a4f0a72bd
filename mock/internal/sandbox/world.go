package sandbox

import (
	"sync"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
)

// Default is the id of the world that requests reach without naming one.
const Default = "default"

// A World is one isolated copy of everything a client can see.
type World struct {
	ID    string
	State *state.World
	Clock *det.Virtual
}

// A Registry finds worlds by id. Its zero value is empty and ready.
type Registry struct {
	mu     sync.RWMutex
	worlds map[string]*World
}

// Add makes a world reachable under its id.
func (r *Registry) Add(w *World) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.worlds == nil {
		r.worlds = map[string]*World{}
	}
	r.worlds[w.ID] = w
}

// Get finds a world.
func (r *Registry) Get(id string) (*World, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	w, ok := r.worlds[id]
	return w, ok
}
