// Package wire holds the shapes that more than one resource answers with: contacts, tenants, users, list envelopes
// and cursors. Shapes that one resource alone answers with live in that resource's package.
//
// Which members are always there, which may be null and which are left out follows wire facts, core 2.5 and 3.
package wire
