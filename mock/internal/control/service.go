package control

import (
	"context"
	"net/http"
	"runtime"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
)

// nothing is the input of operations that take none.
type nothing struct{}

// A list is how several things are answered.
type list[T any] struct {
	Items []T `json:"items"`
}

// status is what probes are told.
type status struct {
	Status string `json:"status"`
}

func (c *Control) health(context.Context, nothing) (status, error) { return status{"ok"}, nil }

func (c *Control) readiness(context.Context, nothing) (status, error) {
	select {
	case <-c.stopped:
		return status{}, stopping()
	default:
	}
	if _, ok := c.cfg.Worlds.Get(sandbox.Default); !ok {
		return status{}, newProblem(http.StatusServiceUnavailable, "not_ready", "the default sandbox is not loaded yet")
	}
	return status{"ready"}, nil
}

func stopping() error {
	return newProblem(http.StatusServiceUnavailable, "stopping", "the server is stopping")
}

type versionOut struct {
	Product string `json:"product"`
	Version string `json:"version"`
	Go      string `json:"go"`
	BaseURL string `json:"base_url"`
}

func (c *Control) version(context.Context, nothing) (versionOut, error) {
	return versionOut{Product: "tenantry", Version: c.cfg.Version, Go: runtime.Version(), BaseURL: c.cfg.BaseURL()}, nil
}

func document(context.Context, nothing) (*op.Document, error) {
	return &op.Document{Type: "application/yaml", Body: []byte(documentYAML)}, nil
}

func documentAsJSON(context.Context, nothing) (*op.Document, error) {
	return &op.Document{Type: "application/json", Body: []byte(documentJSON)}, nil
}

func (c *Control) metrics(ctx context.Context, _ nothing) (op.None, error) {
	if c.cfg.Metrics == nil {
		return op.None{}, newProblem(http.StatusNotFound, "no_metrics", "the server keeps no metrics")
	}
	instead(ctx, func(w http.ResponseWriter) error {
		c.cfg.Metrics.ServeHTTP(w, op.Request(ctx))
		return nil
	})
	return op.None{}, nil
}
