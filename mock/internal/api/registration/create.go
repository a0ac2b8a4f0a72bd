package registration

import (
	"context"
	"fmt"
	"time"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type createIn struct {
	Body namedBody
}

type namedBody struct {
	TenantID model.TenantID `json:"tenant_id"`
	createBody
}

type createBody struct {
	ExpiresIn int64    `json:"expires_in"`
	Scopes    []string `json:"scopes"`
}

// create is the deprecated form, in which the body names the tenant.
func create(ctx context.Context, tx *state.Tx, in createIn) (*token, error) {
	id := in.Body.TenantID
	if id == "" {
		id = home(tx.View, op.Caller(ctx))
	}
	t, err := tx.NamedTenant(id)
	if err != nil {
		return nil, err
	}
	return issue(ctx, tx, t, in.Body.createBody)
}

// home is the tenant of a caller who names none: its own, or the personal one of a user whose right is only there.
func home(v *state.View, caller *model.Actor) model.TenantID {
	if caller.User != nil && caller.User.PersonalTenantID != "" && !v.Sees(caller, caller.Tenant) {
		return caller.User.PersonalTenantID
	}
	return caller.Tenant
}

type createForIn struct {
	TenantID model.TenantID `path:"tenant_id"`
	Body     createBody
}

func createFor(ctx context.Context, tx *state.Tx, in createForIn) (*token, error) {
	t, err := tx.LiveTenant(in.TenantID)
	if err != nil {
		return nil, err
	}
	return issue(ctx, tx, t, in.Body)
}

// issue makes a token for a tenant that exists.
func issue(ctx context.Context, tx *state.Tx, t *model.Tenant, body createBody) (*token, error) {
	caller := op.Caller(ctx)
	if err := tx.ReachInside(caller, t.ID); err != nil {
		return nil, err
	}
	if err := tx.CheckActive(t); err != nil {
		return nil, err
	}
	if err := model.CheckRegistrationLife(body.ExpiresIn); err != nil {
		return nil, err
	}
	if err := checkScopes(tx.View, caller, body.Scopes); err != nil {
		return nil, err
	}
	r := &model.RegistrationToken{
		ID: tx.Count(model.CountRegistrationTokens), Code: code(tx), TenantID: t.ID, Scopes: body.Scopes,
		CreatedAt: tx.Now(), ExpiresAt: tx.Now().Add(time.Duration(body.ExpiresIn) * time.Second),
	}
	tx.PutRegistrationToken(r)
	return tokenOf(t, r), nil
}

// code is three groups of four capitals or digits (wire facts, idp 7.4).
func code(tx *state.Tx) string {
	c := tx.IDs().Letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 12)
	return c[:4] + "-" + c[4:8] + "-" + c[8:]
}

// checkScopes refuses a scope of another form than the two published ones, and one for a tenant that does not exist
// or is out of the caller's reach: a device is not bound where the caller could not make the token itself.
func checkScopes(v *state.View, caller *model.Actor, scopes []string) error {
	if len(scopes) == 0 {
		return model.BadMember("/scopes", "must hold at least one scope")
	}
	for i, urn := range scopes {
		pointer := fmt.Sprintf("/scopes/%d", i)
		scope, ok := model.ParseRegistrationScope(urn)
		if !ok {
			return model.BadMember(pointer, "is %q, which is neither urn:acronis.com:tenant-id:{personal_tenant_id}:backup_agent_admin "+
				"nor urn:acronis.com::policy_management:{tenant_id}|{policy_id}:apply_revoke", urn)
		}
		if scope.Tenant == "" {
			continue
		}
		if _, err := v.LiveTenant(scope.Tenant); err != nil {
			return model.BadMember(pointer, "names tenant %q, which does not exist", scope.Tenant)
		}
		if err := v.ReachInside(caller, scope.Tenant); err != nil {
			return err
		}
	}
	return nil
}
