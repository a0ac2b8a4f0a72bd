// Package offerings answers for offering items: what a tenant has of the applications and within which limits, and
// what it can offer to a child.
//
//	srv.Partner().Put("/tenants/"+id+"/offering_items", map[string]any{"offering_items": []any{
//		map[string]any{"application_id": model.AppBackup, "name": "vms", "status": 1},
//	}}).Want(200)
//
// The catalogue of items is data in package model. What makes an item available, and what goes with it when it is
// turned off, are rules of package state, because moving tenants and turning applications off ask them too.
package offerings
