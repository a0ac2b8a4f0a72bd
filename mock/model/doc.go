// Package model holds the domain: entities, their identifiers, enumerations,
// and the rules that need nothing but values.
//
// It knows no HTTP status, no storage and no clock: a rule takes what it
// needs and returns a refusal as an [Error] or nil. Rows are shared between
// readers, so a value that came out of the state is never modified; copy it
// (a plain struct copy, or Clone where a row holds slices or pointers that
// will change), change the copy, and put it back.
//
// Users and tenants are many, so their rows are small: times are [Moment]s,
// and what few of them have lies behind a pointer that is nil for most. It
// is read and replaced whole: [User.Extras] and [User.SetExtras],
// [Tenant.Extras] and [Tenant.SetExtras], [Contact.Details] and
// [Contact.SetDetails]. To read a member of it without them does not compile.
//
//	if err := model.CheckParentKind(parent.Kind, child.Kind); err != nil {
//		return nil, err
//	}
package model
