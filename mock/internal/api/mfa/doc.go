// Package mfa answers for the second factor of tenants and users.
//
// It is switched for a whole organization: folders and units follow the tenant that they are in. Where it is on,
// each user is asked to set it up, until the user has done so or is exempted.
//
//	srv.Partner().Put("/tenants/"+apitest.Harbor+"/mfa/status", map[string]any{"enabled": true}).Want(200)
//	srv.Partner().Put("/users/"+id+"/mfa/status", map[string]any{"enabled": false}).Want(200) // exempt
//
// What a status means for a login is the business of packages idp and auth.
package mfa
