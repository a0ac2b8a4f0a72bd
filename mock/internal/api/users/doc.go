// Package users answers for people's accounts: making, listing, reading, changing, deleting and restoring them, their
// logins and passwords, and the roles that they are granted.
//
// A login is unique in the whole world, compared without regard to case, and free again after its user is deleted.
// What a user is granted takes effect with the next request. Setting a password activates an account:
//
//	u := srv.Partner().Post("/users", map[string]any{
//		"tenant_id": apitest.Harbor, "login": "JohnDoe", "contact": map[string]any{"email": "johndoe@mysite.com"},
//	}).Want(200)
//	srv.Partner().Post("/users/"+u.Text("/id")+"/password", map[string]any{"password": "correct horse"}).Want(204)
//
// The second factor is the business of package mfa; logging in that of package idp.
package users
