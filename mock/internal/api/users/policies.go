package users

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type policiesIn struct {
	ID     model.UserID `path:"user_id"`
	Groups bool         `query:"includeUserGroupPolicies"`
}

// listPolicies shows the user's own policies, oldest first, and after them those of its security groups if asked.
func listPolicies(ctx context.Context, v *state.View, in policiesIn) (*wire.Stamped[*wire.AccessPolicy], error) {
	u, err := reached(ctx, v, in.ID)
	if err != nil {
		return nil, err
	}
	policies := v.PoliciesOf(string(u.ID))
	if in.Groups {
		policies = append(policies, v.GroupPoliciesOf(u)...)
	}
	return policyList(v, policies), nil
}

func policyList(v *state.View, policies []*model.Policy) *wire.Stamped[*wire.AccessPolicy] {
	return wire.StampedOf(model.FormatZ(v.Now()), wire.AccessPoliciesOf(policies), "")
}

type updatePoliciesIn struct {
	ID   model.UserID `path:"user_id"`
	Body struct {
		Items []policyItem `json:"items"`
	}
}

// updatePolicies makes the items the whole set of the user's own policies; none takes every role away. It takes
// effect with the next request, and leaves the user's version alone.
func updatePolicies(ctx context.Context, tx *state.Tx, in updatePoliciesIn) (*wire.Stamped[*wire.AccessPolicy], error) {
	u, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return nil, err
	}
	r := &rewrite{tx: tx, caller: op.Caller(ctx), user: u, granted: map[grantKey]bool{}}
	if err := r.run(in.Body.Items); err != nil {
		return nil, err
	}
	return policyList(tx.View, tx.PoliciesOf(string(u.ID))), nil
}
