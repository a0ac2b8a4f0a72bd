package control

import (
	"context"
	"time"

	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/model"
)

// summary is a sandbox in a list.
type summary struct {
	ID      string     `json:"id"`
	BaseURL string     `json:"base_url"`
	APIURL  string     `json:"api_url"`
	Seed    int64      `json:"seed"`
	Origin  originOut  `json:"origin"`
	Durable bool       `json:"durable"`
	Created time.Time  `json:"created_at"`
	Expires *time.Time `json:"expires_at"` // null: never
}

// originOut is sandbox.Origin without the seed, which has a place of its own.
type originOut struct {
	Fixture  string `json:"fixture,omitempty"`
	Snapshot string `json:"snapshot,omitempty"`
	Fork     string `json:"fork,omitempty"`
}

// sandboxOut is a sandbox with all that a client needs to use it.
type sandboxOut struct {
	summary
	Clock    clockOut         `json:"clock"`
	Settings model.Settings   `json:"settings"` // all of them, defaults too
	Clients  []sandbox.Client `json:"clients"`
	Users    []User           `json:"users"`
}

// apiBase is the path under a sandbox's base that clients find the API at.
const apiBase = "/api/2"

func (c *Control) summary(w *sandbox.World) summary {
	base := c.baseURL(w)
	out := summary{
		ID: w.ID, BaseURL: base, APIURL: base + apiBase, Seed: w.Origin.Seed, Durable: w.Durable, Created: w.Created,
		Origin: originOut{Fixture: w.Origin.Fixture, Snapshot: w.Origin.Snapshot, Fork: w.Origin.Fork},
	}
	if !w.Expires.IsZero() {
		out.Expires = &w.Expires
	}
	return out
}

func (c *Control) show(ctx context.Context, w *sandbox.World) *sandboxOut {
	out := &sandboxOut{
		summary: c.summary(w), Clock: clockOf(w.Clock.State()), Settings: model.Settings{},
		Clients: w.Clients, Users: []User{},
	}
	set := w.State.View(ctx).Settings()
	for _, d := range model.SettingDefs() {
		out.Settings[d.Name] = set.Get(d.Name)
	}
	if c.cfg.Identities != nil {
		known := c.cfg.Identities(w)
		if len(out.Clients) == 0 {
			out.Clients = known.Clients
		}
		out.Users = append(out.Users, known.Users...)
	}
	out.Clients = listed(out.Clients)
	return out
}

// listed is a copy without lists that are nil: in JSON they would be null.
func listed(clients []sandbox.Client) []sandbox.Client {
	out := append([]sandbox.Client{}, clients...)
	for i := range out {
		if out[i].Roles == nil {
			out[i].Roles = []string{}
		}
	}
	return out
}
