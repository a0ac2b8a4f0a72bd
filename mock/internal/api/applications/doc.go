// Package applications answers for the applications of the platform: the list of them and each one.
//
// The published ones are facts that no request changes; they are a table in package model, the same in every world:
//
//	app, err := model.FindApplication(in.ID)
package applications
