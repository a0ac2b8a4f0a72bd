// Package infra answers for the components of the infrastructure, such as storages.
//
//	api.Post("/infra", map[string]any{
//		"owner_tenant_id": partner, "name": "Cold storage", "url": "s3://KEY:SECRET@host/bucket",
//		"capabilities": []string{"backup"},
//	}).Want(201) // "url": "s3://host/bucket", "version": 1
//
// A component belongs to a tenant that runs infrastructure: the platform, a partner, a folder. Its items of type infra
// can be turned on there and then offered downwards; at the root they are on from the start (package state).
// Tenants below the owner see the component read-only; others do not see it (wire facts, idp 7.3).
package infra
