// Package reportfile writes the files of usage reports in their five formats.
//
//	content, err := reportfile.Make(run, model.FormatCSVv2)
//
// csv_v2_0 has the published columns in the published order; json_v2_0 holds the same data, its dotted names nested
// (wire facts, idp 8.3). The layouts of the other formats are not published: json_v1 is the same data in flat
// records, csv and html show a table for people, compute points in hours. The sku column that show_skus adds comes last
// and is empty, because the vendor does not publish its SKUs.
//
// The figures of a tenant hold what is used in it and below. Delta is what came in the period; effective is the state at
// its end, or, of what is counted by ranges, the delta; absolute is all that was used so far. Costs are those of
// production: the price for each piece, gibibyte or hour.
package reportfile
