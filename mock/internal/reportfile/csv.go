package reportfile

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"github.com/tenantry/tenantry/mock/model"
)

// columnsCSV is the format csv_v2_0: True and False, nothing for what is null, quotes only where they are needed.
func columnsCSV(run *model.ReportRun) ([]byte, error) {
	columns := columnsOf(run)
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.name
	}
	rows := [][]string{row}
	for _, r := range records(run) {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = cell(c.value(r))
		}
		rows = append(rows, row)
	}
	return writeCSV(rows)
}

func cell(value any) string {
	switch value {
	case nil:
		return ""
	case true:
		return "True"
	case false:
		return "False"
	}
	return fmt.Sprint(value)
}

func writeCSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
