package reportfile

import (
	"fmt"

	"github.com/tenantry/tenantry/mock/model"
)

// Make writes the file of a format (reference, POST /reports). The same run always gives the same bytes. An unknown
// format is an error.
func Make(run *model.ReportRun, format string) ([]byte, error) {
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
