// Package reports answers for usage reports: their configuration, and the files that are generated of them.
//
//	r := api.Post("/reports", map[string]any{
//		"result_action": "save", "schedule": map[string]any{"type": "once"},
//		"parameters": map[string]any{"tenant_id": partner, "kind": "usage_current", "level": "accounts"},
//	}).Want(200)
//	api.Get("/reports/" + r.Text("/id") + "/stored").Want(200) // one item for each format, in_progress, then saved
//
// A report on the present is generated at once, another one on its date, a monthly one at the end of each first day of a
// month; all by the world's clock (package state). What it finds is frozen then, so that its files never change.
// They are in progress for one second of the world's time, and package reportfile makes them of the frozen figures
// whenever they are asked for.
//
// Usage history can be late: see the setting report_window.
package reports
