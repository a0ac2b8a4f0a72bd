// Package tenants serves the tree of tenants: creating, reading, changing, moving, deleting and restoring one, and
// the lists of tenants, of a tenant's children and of its users.
//
// The rules of a single tenant are in package model, those of the tree in package state; what is here is the order
// in which they are asked: an unknown tenant (404), one out of reach (403), a stale version (409), the rest.
// A tenant that has closed itself to its ancestors (ancestral_access) still shows them its own properties, but
// neither its children nor its users: for them these lists are empty (wire facts, core 3.1).
//
//	GET /tenants?subtree_root_id=…&limit=100
//	-> {"timestamp": …, "items": […], "paging": {"cursors": {"after": …}}}
//
// Licensing, pricing, branding and the second factor of a tenant are resources of their own.
package tenants
