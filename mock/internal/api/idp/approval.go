package idp

import (
	"context"
	"slices"
	"strconv"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type approvalIn struct {
	Code   string         `query:"code"`
	Tenant model.TenantID `query:"tenant_uuid"`
}

// approvalOut is what the caller would approve. The tenant is there where one is named (wire facts, idp 6).
type approvalOut struct {
	ClientID    model.ClientID `json:"client_id"`
	DisplayName string         `json:"display_name"`
	Scope       []string       `json:"scope"`
	TenantID    string         `json:"tenant_id,omitempty"`
	TenantName  string         `json:"tenant_name,omitempty"`
	Current     bool           `json:"is_current_tenant"`
}

func getApproval(ctx context.Context, v *state.View, in approvalIn) (*approvalOut, error) {
	caller := op.Caller(ctx)
	a, err := approvalOf(v, caller, in.Code, in.Tenant)
	if err != nil {
		return nil, err
	}
	out := &approvalOut{ClientID: a.client.ID, DisplayName: a.device.DisplayName, Scope: a.device.Scopes}
	if a.named {
		out.Scope = model.FillTenant(a.device.Scopes, a.tenant.ID)
		out.TenantID, out.TenantName = strconv.FormatInt(a.tenant.Num, 10), a.tenant.Name
		out.Current = v.Under(a.tenant.ID, caller.Tenant)
	}
	return out, nil
}

type approveIn struct {
	Body struct {
		Code   string         `json:"code"`
		Tenant model.TenantID `json:"tenant_uuid"`
	}
}

// approve lets the device have its tokens, in the tenant that is named or in the caller's own personal one.
func approve(ctx context.Context, tx *state.Tx, in approveIn) (op.None, error) {
	caller := op.Caller(ctx)
	a, err := approvalOf(tx.View, caller, in.Body.Code, in.Body.Tenant)
	if err != nil {
		return op.None{}, err
	}
	a.decide(tx, caller, model.DeviceApproved)
	return op.None{}, nil
}

// An approval is a device code that a user may decide on.
type approval struct {
	device *model.DeviceCode
	client *model.Client
	tenant *model.Tenant
	named  bool // the tenant was named, by the device or by the user
}

func (a *approval) decide(tx *state.Tx, by *model.Actor, decision string) {
	d := *a.device
	d.State, d.Tenant, d.Approver = decision, a.tenant.ID, by.User.ID
	tx.PutDeviceCode(&d)
}

// approverScopes are those of the reference, GET and POST /idp/device_authorization/approval.
var approverScopes = []string{"backup::backup_user", "backup::protection_admin", "files_cloud::sync_share_user"}

// approvalOf finds the code and refuses who may not decide on it. A code that is not known or was decided on is 403; one
// that has expired, or lost its client or its tenant, is 400 (reference, POST /idp/device_authorization/approval).
func approvalOf(v *state.View, caller *model.Actor, code string, named model.TenantID) (*approval, error) {
	if caller.User == nil || len(caller.Allowed(approverScopes)) == 0 {
		return nil, noApproval("only users can approve devices, with one of the roles backup_user, protection_admin and sync_share_user")
	}
	d, ok := v.DeviceByUserCode(model.NormalUserCode(code))
	if !ok || d.State != model.DevicePending {
		return nil, noApproval("the code is not known, or was decided on before")
	}
	if !d.ExpiresAt.After(v.Now()) {
		return nil, badApproval("the code has expired")
	}
	client, err := auth.ActorOf(v, "", d.Client)
	if err != nil {
		return nil, badApproval("the application of the device is not there any more")
	}
	a := &approval{device: d, client: client.Client}
	if named != "" && d.Tenant != "" && named != d.Tenant {
		return nil, badApproval("the device asks for another tenant")
	}
	if named == "" {
		named = d.Tenant
	}
	a.named = named != ""
	if a.named {
		a.tenant, err = personalOf(v, caller, named)
	} else {
		a.tenant, err = ownPersonal(v, caller)
	}
	return a, err
}

// personalOf is the tenant that is named, if an administrator may approve devices there: the caller is a partner_admin
// who may change the tenant, it is personal, and its owner works with devices (reference, as above).
func personalOf(v *state.View, caller *model.Actor, id model.TenantID) (*model.Tenant, error) {
	within := func(root model.TenantID) bool { return v.Open(root, id, true) }
	if !slices.ContainsFunc(caller.Allowed([]string{"account-server::partner_admin"}), within) {
		return nil, noApproval("approving for a tenant takes a partner_admin with access to it")
	}
	t, err := v.LiveTenant(id)
	if err != nil || !t.Personal() || !v.Active(id) {
		return nil, badApproval("the tenant is not the personal tenant of a user, or it is disabled")
	}
	if v.Unlocked(caller, t) != nil {
		return nil, noApproval("the tenant is locked for the caller")
	}
	owner, err := auth.ActorOf(v, t.OwnerID, "")
	if err != nil || !slices.ContainsFunc(owner.Roles(), func(r string) bool { return r == "protection_admin" || r == "backup_user" }) {
		return nil, badApproval("the owner of the tenant is neither protection_admin nor backup_user")
	}
	return t, nil
}

// ownPersonal is the personal tenant of the caller, for a device that names no tenant (wire facts, idp 6).
func ownPersonal(v *state.View, caller *model.Actor) (*model.Tenant, error) {
	t, err := v.LiveTenant(caller.User.PersonalTenantID)
	if err != nil || !v.Active(t.ID) {
		return nil, badApproval("no tenant is named, and the caller has no personal tenant")
	}
	if token := caller.Token; token != nil && token.Narrowed != "" && !v.Under(t.ID, token.Narrowed) {
		return nil, noApproval("the access token does not reach the personal tenant of its user")
	}
	return t, nil
}

func noApproval(why string) error { return model.Errorf(model.Forbidden, "access_denied", "%s", why) }

func badApproval(why string) error { return model.Errorf(model.Invalid, "invalid_request", "%s", why) }
