package state

import (
	"cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// Secondary orders of the tables of licensing and infrastructure.
var (
	OfferingsByInfra = Index[model.Offering]{13, 0} // component, key; items of type infra
	InfrasByOwner    = Index[model.Infra]{18, 0}    // owner, id
	InfrasByLocation = Index[model.Infra]{18, 1}    // location, id
	LocationsByOwner = Index[model.Location]{19, 0} // owner, id
)

var offeringDef = &def[model.Offering]{
	name: "offerings",
	key:  func(o *model.Offering) string { return string(o.Key()) },
	indexes: []order[model.Offering]{
		{
			less: func(a, b *model.Offering) bool {
				return less(cmp.Compare(a.Infra, b.Infra), cmp.Compare(a.TenantID, b.TenantID), a.Compare(b.ItemRef))
			},
			has: func(o *model.Offering) bool { return o.Infra != "" },
		},
	},
}

var bindingDef = &def[model.Binding]{
	name: "bindings",
	key:  func(b *model.Binding) string { return model.BindingKey(b.TenantID, b.App) },
}

var appSettingDef = &def[model.AppSetting]{
	name: "app_settings",
	key:  func(s *model.AppSetting) string { return model.AppSettingKey(s.TenantID, s.App, s.Name) },
}

var priceDef = &def[model.Price]{
	name: "prices",
	key:  func(p *model.Price) string { return string(p.Key()) },
}

var usageDef = &def[model.Usage]{
	name: "usages",
	key:  func(u *model.Usage) string { return string(u.Key()) },
}

var infraDef = &def[model.Infra]{
	name: "infras",
	key:  func(i *model.Infra) string { return string(i.ID) },
	indexes: []order[model.Infra]{
		{less: func(a, b *model.Infra) bool {
			return less(cmp.Compare(a.OwnerID, b.OwnerID), cmp.Compare(a.ID, b.ID))
		}},
		{less: func(a, b *model.Infra) bool {
			return less(cmp.Compare(a.LocationID, b.LocationID), cmp.Compare(a.ID, b.ID))
		}},
	},
}

var locationDef = &def[model.Location]{
	name: "locations",
	key:  func(l *model.Location) string { return string(l.ID) },
	indexes: []order[model.Location]{
		{less: func(a, b *model.Location) bool {
			return less(cmp.Compare(a.OwnerID, b.OwnerID), cmp.Compare(a.ID, b.ID))
		}},
	},
}
