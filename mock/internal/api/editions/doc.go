// Package editions answers for the editions of an application: whether a tenant can switch to another one and what
// that would bring, and the switch itself.
//
//	srv.Partner().Get("/tenants/"+id+"/edition?target_edition=advanced&application_id="+app).Want(200)
//
// Which editions there are, and which item stands for which in another one, is data in package model.
package editions
