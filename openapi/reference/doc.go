// Package reference imports the vendor's reference of the Account Management
// API and compares two of them.
//
// The reference is Markdown-like prose around tables. [Parse] keeps its facts
// and drops its prose: no description and no example is carried over. It is
// strict: a line or a fact that it does not know is an error that names the line
// and the operation, so a changed reference is never half read.
//
//	ref, err := reference.Parse(file)
//	if err != nil {
//		return fmt.Errorf("import %s: %w", name, err)
//	}
//	for _, c := range reference.Diff(known, ref) {
//		fmt.Println(c) // PUT /users/{user_id}: body field "login": max length added: 64
//	}
//
// What the facts mean in OpenAPI terms, and where the reference errs, is left to
// package openapi/build and to the overlay.
package reference
