// Package apitest calls a real server over real HTTP in tests. Every server checks its own answers against the
// OpenAPI document, so a test need not: an answer that breaks it is a 500.
//
//	srv := apitest.Start(t)
//	u := srv.Partner().Post("/users", map[string]any{"tenant_id": apitest.Harbor, …}).Want(200)
//	srv.Partner().Get("/users/" + u.Text("/id")).Want(200)
//	srv.Admin().Delete("/users/nobody?version=1").Want(404)
//
// Each server has its own demo world and a free port; tests run in parallel.
package apitest
