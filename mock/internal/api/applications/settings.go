package applications

import (
	"context"
	"encoding/json"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type settingIn struct {
	App    model.AppID    `path:"application_id"`
	Tenant model.TenantID `path:"tenant_id"`
	Name   string         `path:"setting_name"`
}

// setting is the wire form: what the tenant itself has set, and what reaches it from above (wire facts, core 3.8).
type setting struct {
	Name      string      `json:"name"`
	AppID     model.AppID `json:"application_id"`
	Own       *ownValue   `json:"own"`
	Effective *effective  `json:"effective"`
}

type ownValue struct {
	Value     json.RawMessage `json:"value"`
	Lock      bool            `json:"lock"`
	Exclusive bool            `json:"exclusive"`
}

type effective struct {
	Owner owner           `json:"owner"`
	Value json.RawMessage `json:"value"`
	Lock  bool            `json:"lock"`
}

type owner struct {
	Type string         `json:"type"`
	ID   model.TenantID `json:"id"`
}

func settingOf(v *state.View, in *settingIn) *setting {
	out := &setting{Name: in.Name, AppID: in.App}
	if s, ok := v.OwnSetting(in.Tenant, in.App, in.Name); ok {
		out.Own = &ownValue{Value: s.Value, Lock: s.Lock, Exclusive: s.Exclusive}
	}
	if s, ok := v.InheritedSetting(in.Tenant, in.App, in.Name); ok {
		out.Effective = &effective{Owner: owner{Type: "tenant", ID: s.TenantID}, Value: s.Value, Lock: s.Lock}
	}
	return out
}

// getSetting refuses a name that neither the tenant nor anybody above it has set.
func getSetting(ctx context.Context, v *state.View, in settingIn) (*setting, error) {
	if _, err := model.FindApplication(in.App); err != nil {
		return nil, err
	}
	if _, err := v.Reached(op.Caller(ctx), in.Tenant); err != nil {
		return nil, err
	}
	out := settingOf(v, &in)
	if out.Own == nil && out.Effective == nil {
		return nil, model.Missing("setting", in.Name)
	}
	return out, nil
}

type putSettingIn struct {
	App    model.AppID    `path:"application_id"`
	Tenant model.TenantID `path:"tenant_id"`
	Name   string         `path:"setting_name"`
	Body   putSettingBody
}

type putSettingBody struct {
	Value     model.Opt[json.RawMessage] `json:"value"`
	Lock      bool                       `json:"lock"`
	Exclusive bool                       `json:"exclusive"`
}

// putSetting replaces the tenant's own value as a whole: what is left out is null or false. A name that is locked
// above is forbidden here.
func putSetting(ctx context.Context, tx *state.Tx, in putSettingIn) (*setting, error) {
	named := settingIn{in.App, in.Tenant, in.Name}
	t, err := named.tenant(ctx, tx.View)
	if err != nil {
		return nil, err
	}
	if s, ok := tx.InheritedSetting(t.ID, in.App, in.Name); ok && s.Lock {
		return nil, model.Errorf(model.Forbidden, "setting_locked", "setting %q is locked by tenant %q", in.Name, s.TenantID)
	}
	if err := model.CheckSettingTenant(in.App, in.Name, t.Kind); err != nil {
		return nil, err
	}
	if err := model.CheckSettingValue(in.Body.Value.Value); err != nil {
		return nil, err
	}
	tx.PutAppSetting(&model.AppSetting{
		TenantID: t.ID, App: in.App, Name: in.Name, Value: in.Body.Value.Value,
		Lock: in.Body.Lock, Exclusive: in.Body.Exclusive, UpdatedAt: tx.Now(),
	})
	return settingOf(tx.View, &named), nil
}

// removeSetting takes the tenant's own value away; what is inherited applies again.
func removeSetting(ctx context.Context, tx *state.Tx, in settingIn) (op.None, error) {
	t, err := in.tenant(ctx, tx.View)
	if err != nil {
		return op.None{}, err
	}
	if !tx.RemoveAppSetting(t.ID, in.App, in.Name) {
		return op.None{}, model.Missing("setting", in.Name)
	}
	return op.None{}, nil
}

// tenant finds the tenant, and the application, that the caller may change.
func (in *settingIn) tenant(ctx context.Context, v *state.View) (*model.Tenant, error) {
	return (&bindingIn{in.App, in.Tenant}).tenant(ctx, v)
}
