package state

import (
	"cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// ReportsByTenant is the order in which the reports of a tenant are listed: created, id.
var ReportsByTenant = Index[model.Report]{23, 0}

var reportDef = &def[model.Report]{
	name: "reports",
	key:  func(r *model.Report) string { return string(r.ID) },
	indexes: []order[model.Report]{
		{less: func(a, b *model.Report) bool {
			return less(cmp.Compare(a.TenantID, b.TenantID), a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
		}},
	},
}

var reportRunDef = &def[model.ReportRun]{
	name: "report_runs",
	key:  (*model.ReportRun).Key,
}

var resourceUsageDef = &def[model.ResourceUsage]{
	name: "resource_usages",
	key:  func(r *model.ResourceUsage) string { return model.ResourceUsageKey(r.ResourceID, r.ItemRef) },
}
