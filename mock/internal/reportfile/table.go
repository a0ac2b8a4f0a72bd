package reportfile

import (
	"bytes"
	"fmt"
	"html/template"
	"strconv"

	"github.com/tenantry/tenantry/mock/model"
)

// heads are the columns of the table for people.
var heads = []string{
	"Tenant", "Kind", "Service", "Item", "Edition", "Storage", "Date", "Usage", "Trial usage", "Unit", "Quota", "Price", "Currency", "Cost",
}

// table is what the formats csv and html show. Compute points are in hours, all else as it is measured.
func table(run *model.ReportRun) [][]string {
	var rows [][]string
	for _, r := range records(run) {
		name, of := "", perHour(r.line)
		if a, err := model.FindApplication(r.line.App); err == nil {
			name = a.Name
		}
		rows = append(rows, []string{
			r.tenant.Name, string(r.tenant.Kind), name, r.line.UsageName(), r.line.Edition, r.site().Name, r.line.Date,
			amount(r.line.Production.Effective, of), amount(r.line.Trial.Effective, of), unitShown(r.line),
			limit(r.line.Quota, of), r.line.Price, cell(r.priced(orNil(r.tenant.Currency))), cell(r.priced(cost(r.line))),
		})
	}
	return rows
}

func perHour(line *model.ReportLine) int64 {
	if line.UsageUnit() == model.UnitSeconds {
		return secondsInHour
	}
	return 1
}

func unitShown(line *model.ReportLine) string {
	if line.UsageUnit() == model.UnitSeconds {
		return "hours"
	}
	return line.UsageUnit()
}

// amount divides without a remainder where it can.
func amount(n, by int64) string {
	if n%by == 0 {
		return strconv.FormatInt(n/by, 10)
	}
	return strconv.FormatFloat(float64(n)/float64(by), 'f', 2, 64)
}

func limit(quota *int64, by int64) string {
	if quota == nil {
		return ""
	}
	return amount(*quota, by)
}

func tableCSV(run *model.ReportRun) ([]byte, error) {
	return writeCSV(append([][]string{heads}, table(run)...))
}

var page = template.Must(template.New("report").Parse(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{{.Title}}</title></head>
<body>
<h1>{{.Title}}</h1>
<p>{{.Period.Start}} to {{.Period.End}}</p>
<table>
<thead><tr>{{range .Heads}}<th>{{.}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</tbody>
</table>
</body>
</html>
`))

func tableHTML(run *model.ReportRun) ([]byte, error) {
	var b bytes.Buffer
	err := page.Execute(&b, map[string]any{
		"Title": fmt.Sprintf("Usage report of %s", run.Name), "Period": run.Period, "Heads": heads, "Rows": table(run),
	})
	return b.Bytes(), err
}
