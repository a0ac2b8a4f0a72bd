package reports

import (
	"fmt"

	"github.com/tenantry/tenantry/mock/model"
)

// render makes the file of a format.
func render(run *model.ReportRun, format string) ([]byte, error) {
	write, ok := renderers[format]
	if !ok {
		return nil, fmt.Errorf("a report has the unknown format %q", format)
	}
	content, err := write(run)
	if err != nil {
		return nil, fmt.Errorf("write a report as %s: %w", format, err)
	}
	return content, nil
}

var renderers = map[string]func(*model.ReportRun) ([]byte, error){
	model.FormatCSV:    tableCSV,
	model.FormatHTML:   tableHTML,
	model.FormatJSON:   flatJSON,
	model.FormatCSVv2:  columnsCSV,
	model.FormatJSONv2: nestedJSON,
}
