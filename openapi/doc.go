// Package openapi is the OpenAPI document at run time: it answers what an
// operation looks like and judges requests and responses by it. It knows no web
// framework, so the server and the black-box runner share one judge.
//
// It promises that
//   - the embedded document is parsed once per process, in a few milliseconds;
//   - a check never panics, never changes its input, and reports the same findings
//     in the same order for the same input;
//   - every finding says where it is (a JSON pointer or a parameter's name), and what
//     is allowed there, without repeating a string that was sent: it may be a secret;
//   - a request without a violation yields a body that binds: the harmless
//     deviations that real clients show are already ironed out of it.
//
// For example:
//
//	doc, err := openapi.Load()
//	…
//	op, _ := doc.Operation("createUser")
//	checked := op.CheckRequest(&openapi.Request{Body: body, ContentType: "application/json"}, openapi.Enforce)
//	if f, refused := checked.Violation(); refused {
//		fmt.Println(f) // body /contact/email must match the pattern …
//	}
//
// Documents are decoded and walked by this package itself. A general loader needs
// twenty times as long for the same document, which start-up cannot afford; the tests
// hold the walker to the verdicts of kin-openapi instead.
//
// It leaves to others: whether the document is valid OpenAPI (the build checks that),
// path parameters (a malformed id in a path is an unknown object), credentials,
// body size, and what a finding means for the answer.
package openapi
