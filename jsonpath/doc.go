// Package jsonpath selects parts of JSON values with the expressions of RFC 9535, for criteria of scenarios and for
// matchers of bodies alike. The language is pb33f/jsonpath's; this package is its only home, and brings it to values as
// encoding/json decodes them.
//
//	p, err := jsonpath.Parse(`$.items[?@.enabled == true && length(@.name) > 3].id`)
//	ids := p.Select(v)
//
// It promises that parsing and selecting never panic, that what is wrong with an expression is said with its place, that
// members are visited in the order of their names, and that numbers come out as they were written.
package jsonpath
