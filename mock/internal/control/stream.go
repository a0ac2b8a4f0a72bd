package control

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
)

type streamIn struct {
	ID    string `path:"id"`
	After *int64 `query:"after"`
	Last  *int64 `header:"Last-Event-ID"`
}

func (c *Control) streamJournal(ctx context.Context, in streamIn) (op.None, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return op.None{}, err
	}
	m, err := c.filter(ctx)
	if err != nil {
		return op.None{}, err
	}
	after, err := beginning(w.Journal, in)
	if err != nil {
		return op.None{}, err
	}
	f := &follower{journal: w.Journal, match: m, below: w.Below, seen: after}
	instead(ctx, func(out http.ResponseWriter) error {
		if events := newEvents(out); op.Request(ctx).Method != http.MethodHead {
			c.stream(ctx, w, f, events)
		}
		return nil
	})
	return op.None{}, nil
}

// beginning is the number of the entry after which a stream begins.
func beginning(j *journal.Journal, in streamIn) (uint64, error) {
	asked := in.Last
	if asked == nil {
		asked = in.After
	}
	if asked == nil {
		page, err := j.Page(journal.Query{Newest: true, Limit: 1})
		return page.Next, err
	}
	after := uint64(max(*asked, 0))
	_, err := j.Page(journal.Query{After: after, Limit: 1})
	return after, err
}

// stream sends events until the client goes, the server stops, or the sandbox ends.
func (c *Control) stream(ctx context.Context, w *sandbox.World, f *follower, out *events) {
	if out.comment("following") != nil {
		return
	}
	for {
		changed := w.Journal.Changed()
		if f.send(out) != nil {
			return
		}
		if now, ok := c.cfg.Worlds.Get(w.ID); !ok || now != w {
			return
		}
		beat, stop := det.After(c.cfg.Heartbeat)
		select {
		case <-changed:
		case <-beat:
			if out.comment("still here") != nil {
				return
			}
		case <-ctx.Done():
		case <-c.stopped:
		}
		stop()
		if ctx.Err() != nil || c.isStopped() {
			return
		}
	}
}

// events writes server-sent events (HTML Living Standard, 9.2).
type events struct {
	out     http.ResponseWriter
	control *http.ResponseController
}

// patience is how long a client may take to accept an event.
const patience = 30 * time.Second

func newEvents(out http.ResponseWriter) *events {
	out.Header().Set("Content-Type", "text/event-stream")
	out.Header().Set("X-Accel-Buffering", "no") // a proxy is to let every event pass at once
	return &events{out: out, control: http.NewResponseController(out)}
}

func (e *events) comment(text string) error { return e.write(": " + text + "\n\n") }

// event sends data on one line. id is what a client that reconnects says it has seen.
func (e *events) event(id uint64, name string, data any) error {
	text, err := op.Encode(data)
	if err != nil {
		return fmt.Errorf("encode an event: %w", err)
	}
	return e.write(fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", id, name, text))
}

func (e *events) write(text string) error {
	_ = e.control.SetWriteDeadline(det.Wall().Add(patience)) // not every connection has one
	if _, err := e.out.Write([]byte(text)); err != nil {
		return err
	}
	return e.control.Flush()
}
