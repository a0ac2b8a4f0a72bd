package applications

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on applications.
var Ops = []op.Op{
	op.Read("listApplications", list),
	op.Read("getApplication", get),
	op.Write("enableApplication", enable),
	op.Write("disableApplication", disable),
	op.Read("listTenantApplications", ofTenant),
	op.Read("listTenantsApplications", ofTenants),
	op.Read("getApplicationSetting", getSetting),
	op.Write("updateApplicationSetting", putSetting),
	op.Write("deleteApplicationSetting", removeSetting),
}

type listIn struct{}

// list shows every registered application to everybody who may see a tenant: it is no list of what a tenant has.
func list(_ context.Context, _ *state.View, _ listIn) (*wire.Items[*application], error) {
	all := model.Applications()
	items := make([]*application, len(all))
	for i := range all {
		items[i] = applicationOf(&all[i])
	}
	return wire.ItemsOf(items), nil
}

type getIn struct {
	ID model.AppID `path:"application_id"`
}

func get(_ context.Context, _ *state.View, in getIn) (*application, error) {
	app, err := model.FindApplication(in.ID)
	if err != nil {
		return nil, err
	}
	return applicationOf(app), nil
}

// application is the wire form; all members are always there (wire facts, core 4).
type application struct {
	ID      model.AppID `json:"id"`
	Name    string      `json:"name"`
	Type    string      `json:"type"`
	Usages  []string    `json:"usages"`
	BaseURL string      `json:"api_base_url"`
}

func applicationOf(a *model.Application) *application {
	return &application{ID: a.ID, Name: a.Name, Type: a.Type, Usages: a.Usages, BaseURL: a.BaseURL}
}
