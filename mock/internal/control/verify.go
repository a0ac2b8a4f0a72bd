package control

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/match"
)

type verifyIn struct {
	ID   string `path:"id"`
	Body struct {
		Match match.Matcher   `json:"match"`
		Times journal.Times   `json:"times"`
		Order []match.Matcher `json:"order"`
		After uint64          `json:"after"`
		Wait  fault.Duration  `json:"wait"`
	}
}

// verdict is journal.Verdict in the words of the document.
type verdict struct {
	Verified bool           `json:"verified"`
	Message  string         `json:"message"`
	Count    int            `json:"count"`
	InFlight int            `json:"in_flight"`
	Evicted  uint64         `json:"evicted"`
	Missing  *int           `json:"missing,omitempty"`
	Nearest  []journal.Near `json:"nearest"`
}

func (c *Control) verifyCalls(ctx context.Context, in verifyIn) (*verdict, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	v, err := c.verification(&in)
	if err != nil {
		return nil, err
	}
	v.Below = w.Below
	ctx, cancel := c.untilStopped(ctx)
	defer cancel()
	said, err := journal.Verify(ctx, w.Journal, v)
	switch {
	case errors.Is(err, context.Canceled) && c.isStopped():
		return nil, stopping()
	case err != nil:
		return nil, err
	}
	return &verdict{
		Verified: said.OK, Message: said.Message, Count: said.Count, InFlight: said.InFlight, Evicted: said.Evicted,
		Missing: said.Missing, Nearest: append([]journal.Near{}, said.Nearest...),
	}, nil
}

func (c *Control) verification(in *verifyIn) (journal.Verification, error) {
	b := &in.Body
	v := journal.Verification{Times: b.Times, After: b.After, Wait: time.Duration(b.Wait)}
	compiled, found := b.Match.Compile(c.cfg.API)
	v.Match = compiled
	parts := badMatch("/match", found)
	for i := range b.Order {
		one, found := b.Order[i].Compile(c.cfg.API)
		v.Order = append(v.Order, one)
		parts = append(parts, badMatch("/order/"+strconv.Itoa(i), found)...)
	}
	return v, invalid("invalid_match", parts)
}

func (c *Control) isStopped() bool {
	select {
	case <-c.stopped:
		return true
	default:
		return false
	}
}

// untilStopped is a context that ends with the server, too. The caller cancels it.
func (c *Control) untilStopped(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-c.stopped:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}
