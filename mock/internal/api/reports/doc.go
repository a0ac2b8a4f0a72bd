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
// They are in progress for one second of the world's time and are made of the frozen figures whenever they are asked for.
//
// # Files
//
// csv_v2_0 has the published columns in the published order; json_v2_0 holds the same data, its dotted names nested
// (wire facts, idp 8.3). The layouts of the other formats are not published: json_v1 is the same data in flat
// records, csv and html show a table for people, compute points in hours. The sku column that show_skus adds comes last
// and is empty, because the vendor does not publish its SKUs.
//
// The figures of a tenant hold what is used in it and below. Delta is what came in the period; effective is the state at
// its end, or, of what is counted by ranges, the delta; absolute is all that was used so far. Costs are those of
// production: the price for each piece, gibibyte or hour.
package reports
