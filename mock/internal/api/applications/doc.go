// Package applications answers for the applications of the platform: the list of them and each one, for which tenants
// they are on, and the settings that tenants make for them.
//
// The published ones are facts that no request changes; they are a table in package model, the same in every world:
//
//	app, err := model.FindApplication(in.ID)
//
// Turning one off takes its offering items along, here and below: that is a rule of package state.
package applications
