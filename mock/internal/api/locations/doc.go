// Package locations answers for the places where components of the infrastructure stand.
//
//	api.Post("/locations", map[string]any{"owner_tenant_id": partner, "name": "Boston"}).Want(201) // "version": 0
//	api.Get("/locations/" + id + "/infra").Want(200)                                                // {"infras": […]}
//
// A tenant inherits the locations of the tenants above it: it sees them read-only and can put components of its own
// into them (wire facts, idp 7.2).
package locations
