// Package accounts answers questions about an account that nobody is logged in to: where to set a forgotten
// password.
//
//	srv.Nobody().Get("/accounts/forgot_link?login=admin@acme-msp.example").Want(200).Text("/link")
//
// The link leads to a page of the management portal, which is no part of this service.
package accounts
