// Package registration answers for registration tokens: short codes by which devices are registered in a tenant,
// mostly the personal tenant of a user, any number of them until the code expires.
//
//	code := srv.Partner().Post("/tenants/"+personal+"/registration_tokens", map[string]any{
//		"expires_in": 3600, "scopes": []string{"urn:acronis.com:tenant-id::backup_agent_admin"},
//	}).Want(200).Text("/token")
//
// Who administers a tenant makes them for it and for all below; a user with a service role only for the own
// personal tenant. They expire by the world's clock and are gone from every list then. Exchanging one for an access
// token is the business of package idp, which finds it with state.View.RegistrationTokenByCode.
package registration
