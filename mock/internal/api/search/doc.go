// Package search finds tenants and users by the beginnings of their words.
//
//	GET /search?tenant=…&text=harb+cli
//	-> {"items": [{"obj_type": "tenant", "id": …, "kind": "customer", "name": "Harbor Clinic", "path": ["Acme MSP"], …}]}
//
// A text is split at blanks; every word of it has to start a word of the object, without regard to case. Tenants are
// found by name, customer id and their contact's names and e-mail, users by login, e-mail and names (reference, search).
// Personal tenants are not found: their user is. Tenants that have closed themselves to their ancestors are skipped with
// all below them, unless the search starts there (wire facts, core 5).
//
// The order is tenants before users, then the first word that the longest word of the text starts, then the id. The work
// is bounded by the smaller of the searched tree and what the index holds for that word.
package search
