// Package match picks requests: which of them a fault rule is for, which entries of a journal are asked for, which calls a
// verification counts. All three are written in the same words and mean the same by them.
//
//	m := match.Matcher{Operation: "listUsers,get*", Subtree: acme, Header: map[string]string{"User-Agent": "sync/*"}}
//	c, problems := m.Compile(doc)
//	c.Matches(r)
//
// Every member that is named must hold; an empty Matcher picks every request. What cannot ever match (an operationId that
// the document lacks, a path expression that is none) is a Problem when it is compiled, with what to write instead.
// Mismatches says member by member why a request was not picked.
//
// The package knows requests only in the form of its own Request; where that comes from is left to its users.
package match
