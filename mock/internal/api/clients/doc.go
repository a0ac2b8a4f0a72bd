// Package clients answers for OAuth clients: making one, listing, reading, changing and deleting them.
//
// A client lives in a tenant and acts there and below with the roles that its maker had there; they are fixed when
// it is made (wire facts, idp 1.4). Its secret is shown once, by the answer that makes it:
//
//	srv.Partner().Post("/clients", map[string]any{
//		"type": "api_client", "tenant_id": apitest.Harbor, "token_endpoint_auth_method": "client_secret_basic",
//	}).Want(201).Text("/client_secret")
//
// Disabling or deleting a client kills its tokens at once. Issuing tokens is the business of package idp.
package clients
