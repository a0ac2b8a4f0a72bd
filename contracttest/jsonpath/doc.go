// Package jsonpath selects parts of JSON values with the expressions of RFC 9535: names, indexes, slices, wildcards,
// descendants, lists of selectors, filters, and the functions length, count, match, search and value.
//
//	p, err := jsonpath.Parse(`$.items[?@.enabled == true && length(@.name) > 3].id`)
//	ids := p.Select(v)
//
// It promises that parsing and selecting never panic, that nesting is bounded, that what is wrong with an expression is
// said with its place, that members are visited in the order of their names, and that p.String() parses to the same path.
//
// It departs from the standard where scenario files need it: the patterns of match and search are of RE2, and a negative
// step of a slice is refused.
package jsonpath
