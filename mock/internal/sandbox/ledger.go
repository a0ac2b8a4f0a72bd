package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/store"
)

// Ids of what stands in the data file beside the worlds. A sandbox's id has no tilde, so they never meet.
const (
	ledgerID       = "~sandboxes"
	basePrefix     = "~base/"
	snapshotPrefix = "~snapshot/"
)

func baseOf(id string) string { return basePrefix + id }

func snapshotOf(id, name string) string { return snapshotPrefix + id + "/" + name }

// ownedBy finds what is kept beside the world of a sandbox.
func ownedBy(id string) func(string) bool {
	return func(kept string) bool {
		return kept == baseOf(id) || strings.HasPrefix(kept, snapshotPrefix+id+"/")
	}
}

const ledgerTable = "sandboxes"

// A ledger keeps in the data file what durable sandboxes have beside their state, a row each. It is a world of the
// engine of its own, so that a moved clock or a new rule does not count as a change of the sandbox's state, from which
// its identifiers derive.
type ledger struct {
	engine store.Engine

	mu   sync.Mutex
	seq  uint64
	made bool
}

// An entry is one row.
type entry struct {
	Origin    Origin                `json:"origin"`
	Created   time.Time             `json:"created"`
	Expires   time.Time             `json:"expires,omitzero"`
	Clients   []Client              `json:"clients,omitempty"`
	Clock     det.ClockState        `json:"clock"`
	Start     *det.ClockState       `json:"start,omitempty"` // of the base
	Faults    []fault.Rule          `json:"faults,omitempty"`
	Snapshots map[string]savedEntry `json:"snapshots,omitempty"`
}

type savedEntry struct {
	Clock *det.ClockState `json:"clock,omitempty"`
	Taken time.Time       `json:"taken"`
	World time.Time       `json:"world"`
}

// read loads all rows.
func (l *ledger) read(ctx context.Context) (map[string]entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rows := map[string]entry{}
	seq, err := l.engine.Load(ctx, ledgerID, func(c store.Change) error {
		var e entry
		if err := json.Unmarshal(c.Value, &e); err != nil {
			return fmt.Errorf("decode sandbox %q: %w", c.Key, err)
		}
		rows[c.Key] = e
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return rows, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load the sandboxes of the data file: %w", err)
	}
	l.seq, l.made = seq, true
	return rows, nil
}

func (l *ledger) put(ctx context.Context, id string, e entry) error {
	value, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("encode sandbox %q: %w", id, err)
	}
	return l.write(ctx, store.Change{Table: ledgerTable, Key: id, Value: value})
}

func (l *ledger) forget(ctx context.Context, id string) error {
	return l.write(ctx, store.Change{Table: ledgerTable, Key: id})
}

func (l *ledger) write(ctx context.Context, c store.Change) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := store.Batch{World: ledgerID, After: l.seq, Seq: l.seq + 1, Changes: []store.Change{c}}
	if !l.made {
		b.Op = store.Create
	}
	if err := l.engine.Commit(ctx, []store.Batch{b}); err != nil {
		return fmt.Errorf("write sandbox %q to the data file: %w", c.Key, err)
	}
	l.seq, l.made = b.Seq, true
	return nil
}
