package control

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// A Sandbox is a world of the server that a run has to itself. It is a run.Control.
type Sandbox struct {
	ID      string   `json:"id"`
	BaseURL string   `json:"base_url"` // what is dialled in place of the cloud's address
	Clients []Client `json:"clients"`
	Users   []User   `json:"users"`

	plane *Plane
}

// A Client is an API client of a sandbox.
type Client struct {
	ID     string   `json:"client_id"`
	Secret string   `json:"client_secret"`
	Tenant string   `json:"tenant_id"`
	TwinOf string   `json:"twin_of"`
	Roles  []string `json:"roles"`
}

// A User is a user of a sandbox whose password is known.
type User struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	ID       string `json:"user_id"`
	Tenant   string `json:"tenant_id"`
}

// Spec says what sandbox is made. Zero members are left to the server.
type Spec struct {
	ID      string `json:"id,omitempty"`
	Fixture string `json:"fixture,omitempty"`
	Seed    *int64 `json:"seed,omitempty"`
	TTL     string `json:"ttl,omitempty"` // after which the server removes it, should the run die before it can
}

// Create makes a sandbox.
func (p *Plane) Create(ctx context.Context, spec Spec) (*Sandbox, error) {
	s := &Sandbox{plane: p}
	if err := p.ask(ctx, http.MethodPost, "/sandboxes", spec, s); err != nil {
		return nil, fmt.Errorf("make a sandbox: %w", err)
	}
	return s, nil
}

// Delete ends the sandbox.
func (s *Sandbox) Delete(ctx context.Context) error {
	if err := s.plane.ask(ctx, http.MethodDelete, s.path(""), nil, nil); err != nil {
		return fmt.Errorf("delete sandbox %q: %w", s.ID, err)
	}
	return nil
}

// ByRole is the first client with a secret that has the role.
func (s *Sandbox) ByRole(role string) (Client, bool) {
	i := slices.IndexFunc(s.Clients, func(c Client) bool { return c.Secret != "" && slices.Contains(c.Roles, role) })
	if i < 0 {
		return Client{}, false
	}
	return s.Clients[i], true
}

// Fault arms rules beside those that are armed. A rule without an id gets one. Undo takes them away.
func (s *Sandbox) Fault(ctx context.Context, rules []any) (undo func(context.Context) error, err error) {
	var ids []string
	undo = func(ctx context.Context) error {
		for _, id := range ids {
			if err := s.plane.ask(ctx, http.MethodDelete, s.path("/faults/"+segment(id)), nil, nil); err != nil && !gone(err) {
				return fmt.Errorf("take the fault %q away: %w", id, err)
			}
		}
		return nil
	}
	for i, rule := range rules {
		id := idOf(rule, i)
		if err := s.plane.ask(ctx, http.MethodPut, s.path("/faults/"+segment(id)), rule, nil); err != nil {
			return nil, fmt.Errorf("arm the fault %q: %w", id, errors.Join(err, undo(ctx)))
		}
		ids = append(ids, id)
	}
	return undo, nil
}

// Clock changes the sandbox's clock: freeze, set, advance, scale or real.
func (s *Sandbox) Clock(ctx context.Context, change map[string]any) error {
	if err := s.plane.ask(ctx, http.MethodPut, s.path("/clock"), change, nil); err != nil {
		return fmt.Errorf("change the clock: %w", err)
	}
	return nil
}

func (s *Sandbox) path(rest string) string { return "/sandboxes/" + segment(s.ID) + rest }
