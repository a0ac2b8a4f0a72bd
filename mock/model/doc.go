// Package model holds the domain: entities, their identifiers, enumerations,
// and the rules that need nothing but values.
//
// It knows no HTTP status, no storage and no clock: a rule takes what it
// needs and returns a refusal as an [Error] or nil. Rows are shared between
// readers, so a value that came out of the state is never modified; copy it
// (a plain struct copy, or Clone where a row holds slices or pointers that
// will change), change the copy, and put it back.
//
//	if err := model.CheckParentKind(parent.Kind, child.Kind); err != nil {
//		return nil, err
//	}
package model
