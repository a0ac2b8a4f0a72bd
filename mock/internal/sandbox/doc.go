// Package sandbox holds worlds as the server knows them: a state, a clock, fault rules, a journal and credentials of
// their own. The world named Default is an ordinary one; who needs just one never meets the idea.
//
// A [Manager] makes them from a fixture, a snapshot or another world, takes them back to where they began, saves and
// restores snapshots, and ends them. Worlds in memory share what they did not change, so that making one and going back
// is pointer work. A durable one is written to the data file with its snapshots, clock, settings and fault rules; its
// journal is not.
//
// It leaves requests to package op and the rules of the domain to packages state and model. Refusals are model.Error.
package sandbox
