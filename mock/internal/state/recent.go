package state

import (
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

// mostRecent bounds what a question for recent changes looks at. Beyond it a walk of the tree is the better way to the
// first page.
const mostRecent = 4096

// RecentTenants lists the tenants that changed at a moment or later, deleted and personal ones too, in the order of their
// changes. ok is false where they are too many to be worth it.
func (v *View) RecentTenants(since time.Time) (recent []*model.Tenant, ok bool) {
	return recentOf(v, TenantsByUpdate, &model.Tenant{UpdatedAt: model.MomentOf(since)})
}

// RecentUsers is RecentTenants for users.
func (v *View) RecentUsers(since time.Time) (recent []*model.User, ok bool) {
	return recentOf(v, UsersByUpdate, &model.User{UpdatedAt: model.MomentOf(since)})
}

func recentOf[R any](v *View, by Index[R], since *R) (recent []*R, ok bool) {
	for row := range by.From(v, since) {
		if len(recent) == mostRecent {
			return nil, false
		}
		recent = append(recent, row)
	}
	return recent, true
}
