// Package sandbox holds worlds as the server knows them: a state, a clock and an identity. The world named
// Default is an ordinary one; who needs just one never meets the idea.
//
// It leaves requests to package op and the rules of the domain to packages state and model.
package sandbox
