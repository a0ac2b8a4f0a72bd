// Package idp is the identity provider: the token endpoint with one file for each grant, revocation, the public keys
// and the discovery document, and the locator that older clients ask first.
//
//	handlers, err := op.Mount(doc, idp.Ops(keys), pending)
//
// A grant is a function that finds out for whom tokens are asked, and one entry in the table grants. What is issued,
// how it is stored and what it says is the same for all of them (see issue).
//
// Tokens are rows of the state. An access token and the refresh token that was issued with it share a family, and so
// do those that a refresh gives: revoking one kills all. Tokens are signed after their rows are committed, outside the
// world's lock.
//
// Refusals carry the error codes of RFC 6749 and of the vendor's schema (wire facts, idp 2.3). None of them, and no
// log line, holds a secret. Who may use a token elsewhere is the business of package auth.
package idp
