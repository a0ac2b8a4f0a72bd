// Package usages answers for what tenants use, and takes in what is reported of it.
//
//	api.Put("/tenants/usages", map[string]any{"items": []any{
//		map[string]any{"tenant_id": customer, "offering_item": "vms", "usage_value": 12},
//		map[string]any{"resource_id": agent, "usage_type": "storage", "usage_value": 1 << 30},
//	}}).Want(200)
//	api.Get("/tenants/" + partner + "/usages").Want(200) // the customer's 12 are in the partner's
//
// What a tenant uses is what it reported itself and what all live tenants below it did. The range of a usage begins on
// the first of the month by the world's clock; of what is counted by ranges, such as compute points, the value begins
// anew then. The arithmetic is in packages model and state, because reports need it too.
package usages
