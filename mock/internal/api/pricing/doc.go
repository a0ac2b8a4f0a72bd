// Package pricing answers for the pricing of tenants: mode, currency and start of production, and the prices of
// their offering items.
//
//	p := srv.Partner().Get("/tenants/" + id + "/pricing").Want(200)
//	srv.Partner().Put("/tenants/"+id+"/pricing", map[string]any{"version": p.Int("/version"), "mode": "production"})
//
// Versions are the time of the last change in milliseconds. A trial that nobody ends is ended by the clock, in
// package state.
package pricing
