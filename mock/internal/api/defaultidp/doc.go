// Package defaultidp answers for one property of a tenant that has an operation of its own: the identity provider
// that its new users log in with.
//
//	srv.Partner().Put("/tenants/"+id+"/default_idp", map[string]any{
//		"version": 1, "idp_id": idp, "apply_to_children": true,
//	}).Want(200).Text("/default_idp_id")
//
// Identity providers themselves are no objects of this API, so any UUID names one. Users keep what they have.
package defaultidp
