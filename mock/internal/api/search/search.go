package search

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Bounds of the parameters (wire facts, core 5).
const (
	minText  = 3
	maxLimit = 300
)

// Ops is the search.
var Ops = []op.Op{op.Read("search", search)}

type searchIn struct {
	Tenant  string `query:"tenant"`
	Text    string `query:"text"`
	Limit   int    `query:"limit"`
	Deleted bool   `query:"allow_deleted"`
}

func search(ctx context.Context, v *state.View, in searchIn) (*wire.Items[*result], error) {
	text := strings.TrimSpace(in.Text)
	if utf8.RuneCountInString(text) < minText {
		return nil, model.Errorf(model.Invalid, "text_too_short", "query parameter \"text\": at least %d characters are needed", minText)
	}
	root, err := v.Tenant(model.TenantID(in.Tenant))
	if err == nil && root.Deleted() && !in.Deleted {
		err = model.Missing("tenant", in.Tenant)
	}
	if err != nil {
		return nil, err
	}
	if err := v.ReachInside(op.Caller(ctx), root.ID); err != nil {
		return nil, err
	}
	q := newQuery(v, root.ID, text, in.Deleted)
	hits := q.find(min(max(in.Limit, 1), maxLimit))
	results := make([]*result, len(hits))
	for i, h := range hits {
		results[i] = h.result(v, root.ID)
	}
	return wire.ItemsOf(results), nil
}
