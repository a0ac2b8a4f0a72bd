// Package branding answers for the brand of a tenant: its names, addresses and colours, its mail server, its logo.
//
// Partners, folders and the root may have a brand of their own; every other tenant shows that of the nearest
// ancestor that has one. The root always has one, so there is always a brand to show. A brand has no version of its
// own: every change names the version of the tenant, which rises by it, and is answered with the tenant.
//
//	v := srv.Partner().Post("/tenants/"+id+"/brand?version=1", nil).Want(201).Int("/version") // 2
//	srv.Partner().Put("/tenants/"+id+"/brand?version=2", map[string]any{"color": "005EB8"}).Want(200)
//	srv.Partner().Get("/tenants/" + id + "/brand").Want(200).Text("/color")
//
// The password of the mail server is taken and never shown or kept: nothing here sends mail.
package branding
