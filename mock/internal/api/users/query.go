package users

import (
	"context"
	"slices"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// cursorName tells cursors of this list from those of others.
const cursorName = "users"

// A query is one page of a list of users.
type query struct {
	cursor
	v      *state.View
	caller *model.Actor
	since  time.Time
	route  []model.TenantID // the way from the root to the target, where one is asked for
}

// A cursor is what the next page needs: every filter, the first page's timestamp, and the last user with the
// tenants that lead to it, the first of them where the walk began.
type cursor struct {
	listIn
	Timestamp string           `json:"timestamp"`
	Path      []model.TenantID `json:"path,omitempty"`
	Last      model.UserID     `json:"last,omitempty"`
}

// newQuery is the first page, or the one that the cursor says: a cursor overrides every other parameter.
func newQuery(ctx context.Context, v *state.View, in listIn) (*query, error) {
	q := &query{cursor: cursor{listIn: in, Timestamp: model.FormatZ(v.Now())}, v: v, caller: op.Caller(ctx)}
	if in.After != "" {
		q.cursor = cursor{}
		if err := wire.DecodeCursor(v, cursorName, in.After, &q.cursor); err != nil {
			return nil, err
		}
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	var err error
	q.since, err = q.listIn.since()
	return q, err
}

// locate finds the tenants that are asked for, on every page anew: access may have gone.
func (q *query) locate() error {
	for _, id := range []model.TenantID{q.TenantID, q.Root, q.Target} {
		if id == "" {
			continue
		}
		if t, err := q.v.Tenant(id); err != nil || t.Deleted() && !q.AllowDeleted {
			return model.Missing("tenant", id)
		}
	}
	for _, id := range []model.TenantID{q.TenantID, q.Root, q.Target} {
		if id == "" {
			continue
		}
		if err := q.v.ReachInside(q.caller, id); err != nil {
			return err
		}
	}
	if q.Target == "" {
		return nil
	}
	if !q.v.Under(q.Target, q.Root) {
		return model.BadQuery("target_tenant_id", "is not below subtree_root_tenant_id")
	}
	q.route = append([]model.TenantID{q.Root}, q.v.Trail(q.Root, q.Target)...)
	return nil
}

// page takes one user more than fits, to know whether another page follows.
func (q *query) page() (users []*model.User, after string, err error) {
	var root model.TenantID
	for r, u := range q.users {
		if !q.fits(u) {
			continue
		}
		if len(users) == q.Limit {
			after, err = q.next(root, users[len(users)-1])
			break
		}
		root, users = r, append(users, u)
	}
	return users, after, err
}

func (q *query) next(root model.TenantID, last *model.User) (string, error) {
	c := q.cursor
	c.After, c.Last, c.Path = "", last.ID, nil
	if root != "" {
		c.Path = append([]model.TenantID{root}, q.v.Trail(root, last.TenantID)...)
	}
	return wire.EncodeCursor(q.v, cursorName, &c)
}

// fits says whether the user itself passes the filters; where it lives is the walk's affair.
func (q *query) fits(u *model.User) bool {
	return (q.AllowDeleted || !u.Deleted()) &&
		(q.OriginID == nil || *q.OriginID == u.Extras().OriginID) &&
		!u.UpdatedAt.Before(model.MomentOf(q.since)) &&
		(len(q.Roles) == 0 || q.holdsRole(u))
}

func (q *query) holdsRole(u *model.User) bool {
	holds := func(p *model.Policy) bool { return slices.Contains(q.Roles, p.Role) }
	return slices.ContainsFunc(q.v.PoliciesOf(string(u.ID)), holds) || slices.ContainsFunc(q.v.GroupPoliciesOf(u), holds)
}
