package control

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/model"
)

// idIn names a sandbox.
type idIn struct {
	ID string `path:"id"`
}

func (c *Control) listSandboxes(context.Context, nothing) (list[summary], error) {
	out := list[summary]{Items: []summary{}}
	for _, w := range c.cfg.Worlds.List() {
		out.Items = append(out.Items, c.summary(w))
	}
	return out, nil
}

func (c *Control) getSandbox(ctx context.Context, in idIn) (*sandboxOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	return c.show(ctx, w), nil
}

type createIn struct {
	Body struct {
		ID       string          `json:"id"`
		Fixture  string          `json:"fixture"`
		Snapshot string          `json:"snapshot"`
		Fork     string          `json:"fork"`
		Seed     *int64          `json:"seed"`
		Clock    clockChange     `json:"clock"`
		TTL      fault.Duration  `json:"ttl"`
		Durable  bool            `json:"durable"`
		Settings model.Settings  `json:"settings"`
		Faults   json.RawMessage `json:"faults"`
	}
}

func (c *Control) createSandbox(ctx context.Context, in createIn) (*op.Document, error) {
	b := &in.Body
	w, err := c.cfg.Worlds.Create(ctx, sandbox.Spec{
		ID: b.ID, Fixture: b.Fixture, Snapshot: b.Snapshot, Fork: b.Fork, Seed: b.Seed, Clock: b.Clock.change(),
		TTL: time.Duration(b.TTL), Durable: b.Durable, Settings: b.Settings,
	})
	if err != nil {
		return nil, err
	}
	if err := c.arm(ctx, w, b.Faults); err != nil {
		return nil, errors.Join(err, c.end(context.WithoutCancel(ctx), w.ID))
	}
	return &op.Document{
		Header: http.Header{"Location": {"/_mock/v1/sandboxes/" + w.ID}}, JSON: c.show(ctx, w),
	}, nil
}

// arm puts the rules that a sandbox begins with in force.
func (c *Control) arm(ctx context.Context, w *sandbox.World, rules json.RawMessage) error {
	if len(rules) == 0 {
		return nil
	}
	return c.replaceRules(ctx, w, rules, "/faults")
}

type updateIn struct {
	ID   string `path:"id"`
	Body struct {
		Settings model.Settings `json:"settings"`
	}
}

func (c *Control) updateSandbox(ctx context.Context, in updateIn) (*sandboxOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	if err := c.cfg.Worlds.Configure(ctx, w, in.Body.Settings); err != nil {
		return nil, err
	}
	return c.show(ctx, w), nil
}

func (c *Control) deleteSandbox(ctx context.Context, in idIn) (op.None, error) {
	return op.None{}, c.end(ctx, in.ID)
}

// end deletes a sandbox with its metrics.
func (c *Control) end(ctx context.Context, id string) error {
	if err := c.cfg.Worlds.Delete(ctx, id); err != nil {
		return err
	}
	if c.cfg.Metrics != nil {
		c.cfg.Metrics.Forget(id)
	}
	return nil
}

func (c *Control) resetSandbox(ctx context.Context, in idIn) (*sandboxOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	if err := c.cfg.Worlds.Reset(ctx, w); err != nil {
		return nil, err
	}
	return c.show(ctx, w), nil
}
