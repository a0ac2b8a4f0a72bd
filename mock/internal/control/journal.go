package control

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// filters are the query parameters that make a matcher.
var filters = []string{
	"operation", "tag", "method", "path", "status", "cause", "tenant", "subtree", "client", "user", "role", "fault",
}

// filtered says of the filters that they are read together, by c.filter.
func filtered() []op.Option {
	opts := make([]op.Option, len(filters))
	for i, name := range filters {
		opts[i] = op.Ignores(name, "the filters are read together")
	}
	return opts
}

// filter is the matcher that the query asks for.
func (c *Control) filter(ctx context.Context) (*match.Compiled, error) {
	q := op.From(ctx).Checked.Query
	m := match.Matcher{
		Operation: q.Get("operation"), Tag: q.Get("tag"), Method: q.Get("method"), Path: q.Get("path"),
		Status: q.Get("status"), Cause: q.Get("cause"), Tenant: q.Get("tenant"), Subtree: q.Get("subtree"),
		Client: q.Get("client"), User: q.Get("user"), Role: q.Get("role"), Fault: q.Get("fault"),
	}
	compiled, found := m.Compile(c.cfg.API)
	return compiled, invalid("invalid_filter", badMatch("", found))
}

type journalIn struct {
	ID     string `path:"id"`
	After  int64  `query:"after"`
	Limit  int    `query:"limit"`
	Newest bool   `query:"newest"`
}

func (c *Control) listJournal(ctx context.Context, in journalIn) (journal.Page, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return journal.Page{}, err
	}
	m, err := c.filter(ctx)
	if err != nil {
		return journal.Page{}, err
	}
	return w.Journal.Page(journal.Query{
		Match: m, Below: w.Below, After: uint64(max(in.After, 0)), Limit: in.Limit, Newest: in.Newest,
	})
}

func (c *Control) clearJournal(_ context.Context, in idIn) (op.None, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err == nil {
		w.Journal.Clear()
	}
	return op.None{}, err
}

// entryIn names an entry.
type entryIn struct {
	ID string `path:"id"`
	N  int64  `path:"n"`
}

func (c *Control) getJournalEntry(_ context.Context, in entryIn) (*journal.Entry, error) {
	return c.entry(in)
}

func (c *Control) entry(in entryIn) (*journal.Entry, error) {
	w, err := c.cfg.Worlds.Find(in.ID)
	if err != nil {
		return nil, err
	}
	e, err := w.Journal.Get(uint64(max(in.N, 0)))
	return &e, err
}

type explanation struct {
	N           uint64 `json:"n"`
	Explanation string `json:"explanation"`
}

func (c *Control) explainJournalEntry(_ context.Context, in entryIn) (explanation, error) {
	e, err := c.entry(in)
	if err != nil {
		return explanation{}, err
	}
	return explanation{N: e.N, Explanation: journal.Explain(c.cfg.API, e)}, nil
}
