package state

import (
	"github.com/tenantry/tenantry/mock/model"
)

// HasApp reports whether an application is on for the tenant. The root has all, everybody has the platform, and a
// personal tenant has what its parent has.
func (v *View) HasApp(t *model.Tenant, app model.AppID) bool {
	switch {
	case app == model.AppPlatform || t.Kind == model.Root:
		return true
	case t.Personal():
		return v.parentHasApp(t, app)
	}
	_, on := Bindings.Get(v, model.BindingKey(t.ID, app))
	return on
}

func (v *View) parentHasApp(t *model.Tenant, app model.AppID) bool {
	parent, ok := Tenants.Get(v, t.ParentID)
	return ok && v.HasApp(parent, app)
}

// AppsOf lists the applications that are on for the tenant, in the published order.
func (v *View) AppsOf(t *model.Tenant) []model.AppID {
	var on []model.AppID
	for _, a := range model.Applications() {
		if v.HasApp(t, a.ID) {
			on = append(on, a.ID)
		}
	}
	return on
}

// EnableApp turns an application on; its offering items stay off. One that is on stays so. The parent must have it
// on, and the tenant be of a kind that can (1026).
func (tx *Tx) EnableApp(t *model.Tenant, app model.AppID) error {
	switch {
	case tx.HasApp(t, app):
		return nil
	case t.Personal() || !model.AppSuits(app, t.Kind):
		return model.Refuse(model.Invalid, model.CodeCannotEnable, "app_kind",
			"application %s cannot be turned on for tenant %q, a tenant of kind %q", app, t.Name, t.Kind)
	case !tx.parentHasApp(t, app):
		return model.Refuse(model.Invalid, model.CodeCannotEnable, "app_unavailable",
			"application %s cannot be turned on for tenant %q: it is off for its parent", app, t.Name)
	}
	tx.bind(t.ID, app)
	return nil
}

// DisableApp turns an application off in the tenant and in all below it: the offering items are deleted, and what
// they were used for is lost. The platform cannot be turned off, nor can anything for the root (1027).
func (tx *Tx) DisableApp(t *model.Tenant, app model.AppID) error {
	if app == model.AppPlatform || derives(t) {
		return model.Refuse(model.Invalid, model.CodeBusinessRule, "app_permanent",
			"application %s cannot be turned off for tenant %q", app, t.Name)
	}
	tx.unbind(t, app)
	return nil
}

// bind notes that an application is on.
func (tx *Tx) bind(id model.TenantID, app model.AppID) {
	if _, on := Bindings.Get(tx, model.BindingKey(id, app)); !on && app != model.AppPlatform {
		tx.PutBinding(&model.Binding{TenantID: id, App: app, UpdatedAt: tx.now})
	}
}

// PutBinding writes a binding as it is.
func (tx *Tx) PutBinding(b *model.Binding) { Bindings.put(tx, b) }

// unbind goes down no further than the application is on.
func (tx *Tx) unbind(t *model.Tenant, app model.AppID) {
	if !Bindings.remove(tx, model.BindingKey(t.ID, app)) && !t.Personal() {
		return
	}
	tx.dropOfferings(t, app)
	for below := range tx.ChildTenants(t.ID) {
		tx.unbind(below, app)
	}
}
