package mock

import (
	"context"
	"io"
	"net/http"

	"github.com/tenantry/tenantry/fixtures"
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/control"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/openapi"
)

// ControlConfig says who may use the control plane, and how.
type ControlConfig struct {
	Token    string   // that requests must bear; "": none, which is fit for a loopback address alone
	Hosts    []string // names and addresses under which it may be dialled, without a port
	Loopback bool     // localhost and the loopback addresses are among them
	Version  string   // of the program, for those who ask
}

// Control is the control plane of the server, for a listener of its own: sandboxes, snapshots, clocks, faults and the
// journal, under /_mock/v1. It never shares a port with the API.
func (s *Server) Control(cfg ControlConfig) (http.Handler, error) {
	doc, err := openapi.Load()
	if err != nil {
		return nil, err
	}
	c, err := control.New(control.Config{
		Worlds: s.worlds, API: doc, Keys: s.keys, BaseURL: s.baseURL, Version: cfg.Version,
		Token: cfg.Token, Hosts: cfg.Hosts, Loopback: cfg.Loopback,
		Load: loadFixture, Identities: identitiesOf, Metrics: s.metrics, Logger: s.log,
	})
	if err != nil {
		return nil, err
	}
	context.AfterFunc(s.life, c.Stop)
	return c, nil
}

// baseURL is what clients dial, as far as the server knows.
func (s *Server) baseURL() string {
	if s.cfg.BaseURL != "" {
		return s.cfg.BaseURL
	}
	if url := s.url.Load(); url != nil {
		return *url
	}
	return ""
}

// loadFixture fills a state with a fixture that somebody sent.
func loadFixture(tx *state.Tx, text io.Reader) error {
	return fillFrom(tx, func(env fixtures.Env, each func(any) error) error {
		return fixtures.Stream(text, "fixture", env, each)
	})
}

// maxUsers bounds how many users of a world are tried with the documented password.
const maxUsers = 100

// identitiesOf are the documented ways to log in that work in the world: the clients, and the users of the fixtures.
func identitiesOf(w *sandbox.World) control.Identities {
	v := w.State.View(context.Background())
	ids := control.Identities{Clients: []sandbox.Client{}, Users: []control.User{}}
	for _, id := range documented {
		if c, ok := auth.ClientBySecret(v, id.ID, id.Secret); ok {
			ids.Clients = append(ids.Clients, sandbox.Client{ID: c.ID, Secret: id.Secret, Tenant: c.TenantID, TwinOf: c.ID, Roles: c.Roles})
		}
	}
	tried := 0
	for u := range state.Users.All(v) {
		if tried++; tried > maxUsers {
			break
		}
		if found, ok := auth.UserByPassword(v, u.Login, documentedPassword); ok && found.ID == u.ID {
			ids.Users = append(ids.Users, control.User{Login: u.Login, Password: documentedPassword, ID: string(u.ID), Tenant: string(u.TenantID)})
		}
	}
	return ids
}
