package model

// ranks order the administrator roles: who holds one may grant it and those below it. The levels are those of
// wire facts, core 8.
var ranks = map[string]int{"root_admin": 4, "partner_admin": 3, "company_admin": 2, "unit_admin": 1}

// Rank is how high a role stands among the administrators of tenants; every other role is 0 and can be
// granted by whoever administers users.
func Rank(role string) int { return ranks[role] }
