package control

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
)

// snapshotOut is a snapshot without its state.
type snapshotOut struct {
	Name  string    `json:"name"`
	Taken time.Time `json:"taken_at"`
	Now   time.Time `json:"now"`
	Scale float64   `json:"scale"`
}

func snapshotOf(s sandbox.Snapshot) snapshotOut {
	out := snapshotOut{Name: s.Name, Taken: s.Taken, Now: s.World, Scale: 1}
	if s.Clock != nil {
		out.Scale = s.Clock.Scale
	}
	return out
}

func (c *Control) listSnapshots(_ context.Context, in idIn) (list[snapshotOut], error) {
	out := list[snapshotOut]{Items: []snapshotOut{}}
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return out, err
	}
	for _, s := range w.Snapshots() {
		out.Items = append(out.Items, snapshotOf(s))
	}
	return out, nil
}

// snapshotIn names a snapshot.
type snapshotIn struct {
	ID   string `path:"id"`
	Name string `path:"name"`
}

func (c *Control) saveSnapshot(ctx context.Context, in snapshotIn) (snapshotOut, error) {
	return c.snapshot(ctx, in, c.cfg.Worlds.Save)
}

func (c *Control) restoreSnapshot(ctx context.Context, in snapshotIn) (snapshotOut, error) {
	return c.snapshot(ctx, in, c.cfg.Worlds.Restore)
}

func (c *Control) snapshot(
	ctx context.Context, in snapshotIn, do func(context.Context, *sandbox.World, string) (sandbox.Snapshot, error),
) (snapshotOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return snapshotOut{}, err
	}
	s, err := do(ctx, w, in.Name)
	return snapshotOf(s), err
}

func (c *Control) deleteSnapshot(ctx context.Context, in snapshotIn) (op.None, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return op.None{}, err
	}
	return op.None{}, c.cfg.Worlds.Drop(ctx, w, in.Name)
}

type diffIn struct {
	ID    string `path:"id"`
	Name  string `path:"name"`
	With  string `query:"with"`
	Limit int    `query:"limit"`
}

type diffOut struct {
	From        string             `json:"from"`
	To          string             `json:"to"`
	Differences []state.Difference `json:"differences"`
	More        bool               `json:"more"`
	Counts      counts             `json:"counts"`
}

// counts are of the differences that are listed.
type counts struct {
	Added   int `json:"added"`
	Removed int `json:"removed"`
	Changed int `json:"changed"`
}

func (c *Control) diffSnapshot(ctx context.Context, in diffIn) (*diffOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	found, more, err := c.cfg.Worlds.Diff(ctx, w, in.Name, in.With, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &diffOut{From: in.Name, To: in.With, Differences: append([]state.Difference{}, found...), More: more}
	for _, d := range found {
		switch d.Change {
		case state.Added:
			out.Counts.Added++
		case state.Removed:
			out.Counts.Removed++
		default:
			out.Counts.Changed++
		}
	}
	return out, nil
}
