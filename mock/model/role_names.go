package model

import "slices"

// Roles lists every published role name, those that the vendor's schema closes over first.
func Roles() []string { return slices.Concat(documentedRoles, newerRoles) }
