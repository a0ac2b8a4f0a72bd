package inject

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/model"
)

// A storedFile is a file of a report as listStoredReports shows it (wire facts, idp 8.2).
type storedFile struct {
	ID        string `json:"id"`
	Format    string `json:"report_format"`
	Status    string `json:"status"`
	CreatedAt string `json:"created_at"`
	Size      *int   `json:"size,omitempty"`
}

// States of a stored file.
const (
	fileSaved      = "saved"
	fileFailed     = "failed"
	fileInProgress = "in_progress"
)

// asyncStuck shows the files of a report as less far than they are. What is not saved cannot be downloaded either.
func asyncStuck(ctx context.Context, c *call) error {
	if err := c.next(ctx, c.ex); err != nil || !concerned(c) || c.ex.Reply.Status != http.StatusOK {
		return err
	}
	if about(c.ex, "downloadStoredReport") {
		c.ex.Fail(model.Missing("saved file", c.ex.Path["stored_report_id"]))
		c.ex.Inject()
		return nil
	}
	var list struct {
		Items []storedFile `json:"items"`
	}
	if err := json.Unmarshal(c.ex.Reply.Body, &list); err != nil || len(list.Items) == 0 {
		return nil //nolint:nilerr // an answer of another form, which another fault made, stays as it is
	}
	mode := c.hit.Params.(*fault.AsyncStuck).Mode
	shown := []storedFile{}
	for _, f := range list.Items {
		if now := shownAs(f.Status, mode); now != "" {
			f.Status, f.Size = now, nil
			shown = append(shown, f)
		}
	}
	return edit(c.ex, "items", shown)
}

// shownAs is the state of a file under the fault, "" for none at all.
func shownAs(status, mode string) string {
	switch {
	case mode == fault.AsyncFailed:
		return fileFailed
	case mode == fault.AsyncBack && status != fileSaved:
		return ""
	}
	return fileInProgress
}
