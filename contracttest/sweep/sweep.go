package sweep

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/contracttest/run"
)

// Tag begins the names of all that runs make; the id of the run and a hyphen follow.
const Tag = "tenantry-"

// Config says where to look, and for what.
type Config struct {
	Target string // as in contracttest.Config
	Tenant string // the tenant of the runs
	RunID  string // "": whatever run
	Client run.Doer
	Clock  run.Clock
	Token  run.TokenSource
}

// An Object is something that a run left.
type Object struct {
	Kind string // tenant or user
	ID   string
	Name string
}

func (o Object) String() string { return o.Kind + " " + o.Name + " (" + o.ID + ")" }

// An item of a list, of either kind.
type item struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Login   string `json:"login"`
	Version int64  `json:"version"`
	Enabled bool   `json:"enabled"`
}

// Find lists what runs left directly below the tenant: users before tenants. What is in those tenants goes with them.
func Find(ctx context.Context, cfg Config) ([]Object, error) {
	var found []Object
	for _, list := range []struct{ kind, path string }{
		{"user", "/users?limit=1000&tenant_id=" + url.QueryEscape(cfg.Tenant)},
		{"tenant", "/tenants?limit=1000&parent_id=" + url.QueryEscape(cfg.Tenant)},
	} {
		items, err := cfg.all(ctx, list.path)
		if err != nil {
			return nil, fmt.Errorf("list what runs left: %w", err)
		}
		for _, it := range items {
			if name := it.Login + it.Name; strings.HasPrefix(strings.ToLower(name), strings.ToLower(cfg.prefix())) {
				found = append(found, Object{Kind: list.kind, ID: it.ID, Name: name})
			}
		}
	}
	return found, nil
}

func (cfg *Config) prefix() string {
	if cfg.RunID == "" {
		return Tag
	}
	return Tag + cfg.RunID + "-"
}

// Remove disables and deletes the objects, and tells of those that it could not remove; it tries all.
func Remove(ctx context.Context, cfg Config, objects []Object) error {
	var failed []error
	for _, o := range objects {
		if err := cfg.remove(ctx, o); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", o, err))
		}
	}
	return errors.Join(failed...)
}

func (cfg *Config) remove(ctx context.Context, o Object) error {
	path := "/" + o.Kind + "s/" + url.PathEscape(o.ID)
	var is item
	if err := cfg.ask(ctx, http.MethodGet, path, nil, &is); err != nil {
		return err
	}
	if is.Enabled {
		if err := cfg.ask(ctx, http.MethodPut, path, map[string]any{"enabled": false, "version": is.Version}, &is); err != nil {
			return fmt.Errorf("disable it: %w", err)
		}
	}
	if err := cfg.ask(ctx, http.MethodGet, path, nil, &is); err != nil {
		return err
	}
	return cfg.ask(ctx, http.MethodDelete, fmt.Sprintf("%s?version=%d", path, is.Version), nil, nil)
}

// all reads a list, page by page.
func (cfg *Config) all(ctx context.Context, path string) ([]item, error) {
	var items []item
	next := path
	for range maxPages {
		var page struct {
			Items  []item `json:"items"`
			Paging struct {
				Cursors struct {
					After string `json:"after"`
				} `json:"cursors"`
			} `json:"paging"`
		}
		if err := cfg.ask(ctx, http.MethodGet, next, nil, &page); err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
		if page.Paging.Cursors.After == "" {
			return items, nil
		}
		next = path + "&after=" + url.QueryEscape(page.Paging.Cursors.After)
	}
	return nil, fmt.Errorf("%s has more than %d pages", path, maxPages)
}

// maxPages ends a list whose cursors lead in a circle.
const maxPages = 1000

// ask sends one request, and reads the answer into a value unless that is nil.
func (cfg *Config) ask(ctx context.Context, method, path string, body, into any) error {
	token, err := cfg.Token.Token(ctx)
	if err != nil {
		return err
	}
	var text []byte
	if body != nil {
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	root := strings.TrimSuffix(strings.TrimRight(cfg.Target, "/"), "/api/2")
	req, err := http.NewRequestWithContext(ctx, method, root+"/api/2"+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	status, answer, err := run.Patient{Client: cfg.Client, Clock: cfg.Clock}.Do(req, maxAnswer)
	switch {
	case err != nil:
		return err
	case status >= http.StatusMultipleChoices:
		return fmt.Errorf("%s %s answers %d", method, path, status)
	case into == nil:
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("%s %s: read the answer: %w", method, path, err)
	}
	return nil
}

const maxAnswer = 64 << 20
