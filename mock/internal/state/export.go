package state

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// exportFormat names the form of an exported state; another is refused.
const exportFormat = "tenantry-state/1"

// Export writes the whole state as JSON: {"format", "seq", "tables": {name: [row, …]}}, tables and rows in a fixed
// order, a row a line. Secrets are in it as they are stored: hashed.
func (s Snapshot) Export(to io.Writer) error {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, `{"format":%q,"seq":%d,"tables":{`, exportFormat, s.s.seq) //nolint:errcheck // Flush reports it
	for i, t := range s.s.tables {
		if i > 0 {
			_ = w.WriteByte(',')
		}
		fmt.Fprintf(w, "\n%q:[", t.name()) //nolint:errcheck // Flush reports it
		if err := exportRows(w, t); err != nil {
			return err
		}
		_ = w.WriteByte(']')
	}
	_, _ = w.WriteString("}}")
	return w.Flush()
}

func exportRows(w *bufio.Writer, t anyTable) error {
	var failed error
	first := true
	t.each(func(key string, row any) bool {
		text, err := json.Marshal(row)
		if err != nil {
			failed = fmt.Errorf("encode row %s/%s: %w", t.name(), key, err)
			return false
		}
		if !first {
			_ = w.WriteByte(',')
		}
		first = false
		_ = w.WriteByte('\n')
		_, err = w.Write(text)
		return err == nil // Flush reports it
	})
	return failed
}
