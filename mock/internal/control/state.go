package control

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

func (c *Control) exportState(ctx context.Context, in idIn) (op.None, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return op.None{}, err
	}
	instead(ctx, func(out http.ResponseWriter) error {
		out.Header().Set("Content-Type", "application/json")
		return w.State.Snapshot().Export(out)
	})
	return op.None{}, nil
}

// yamlTypes are the names under which YAML goes; RFC 9512 has the first.
var yamlTypes = []string{"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"}

func (c *Control) replaceState(ctx context.Context, in idIn) (*sandboxOut, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	r, out := op.Request(ctx), callOf(ctx).w
	_ = http.NewResponseController(out).SetReadDeadline(time.Time{}) // a large state takes its time; not every connection has one
	body := http.MaxBytesReader(out, r.Body, maxState)
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case mediaType == "application/json":
		err = c.importState(ctx, w, body)
	case slices.Contains(yamlTypes, mediaType) && c.cfg.Load != nil:
		err = c.cfg.Worlds.Load(ctx, w, func(tx *state.Tx) error { return unusable(c.cfg.Load(tx, body)) })
	default:
		err = newProblem(http.StatusUnsupportedMediaType, "unsupported_media_type",
			"the Content-Type is %q; send an exported state as application/json, or a fixture as application/yaml", mediaType)
	}
	if err != nil {
		return nil, err
	}
	return c.show(ctx, w), nil
}

func (c *Control) importState(ctx context.Context, w *sandbox.World, from io.Reader) error {
	with, err := state.Import(from)
	if err != nil {
		return unusable(err)
	}
	return c.cfg.Worlds.ReplaceState(ctx, w, with)
}

// unusable makes a refusal of what is wrong with a state, unless it is one already or the reading itself failed.
func unusable(err error) error {
	tooLarge, refusal := &http.MaxBytesError{}, &model.Error{}
	if err == nil || errors.As(err, &tooLarge) || errors.As(err, &refusal) {
		return err
	}
	return model.Errorf(model.Invalid, "invalid_state", "%v", err)
}
