package search

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Find is what a search answers, as ids in their order.
func Find(v *state.View, root model.TenantID, text string, limit int, deleted bool) []string {
	var ids []string
	for _, h := range newQuery(v, root, text, deleted).find(limit) {
		ids = append(ids, h.id())
	}
	return ids
}
