package reports

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/reportfile"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// file is the wire form of a stored report. Its size is that of the compressed file (wire facts, idp 8.2).
type file struct {
	ID        model.StoredID `json:"id"`
	Format    string         `json:"report_format"`
	Status    string         `json:"status"`
	CreatedAt string         `json:"created_at"`
	Size      *int           `json:"size,omitempty"`
}

// stored lists the files of a report, one for each format in the order of the formats, the oldest generation first.
func stored(ctx context.Context, v *state.View, in getIn) (*wire.Items[*file], error) {
	r, err := reached(ctx, v, in.ID)
	if err != nil {
		return nil, err
	}
	var files []*file
	for run := range v.RunsOf(r.ID) {
		for _, f := range run.Files {
			shown, err := fileOf(v, run, f)
			if err != nil {
				return nil, err
			}
			files = append(files, shown)
		}
	}
	return wire.ItemsOf(files), nil
}

func fileOf(v *state.View, run *model.ReportRun, f model.StoredFile) (*file, error) {
	out := &file{ID: f.ID, Format: f.Format, Status: "in_progress", CreatedAt: model.FormatOffset(run.At)}
	if !run.Saved(v.Now()) {
		return out, nil
	}
	content, err := reportfile.Make(run, f.Format)
	if err != nil {
		return nil, err
	}
	packed, err := pack(content)
	if err != nil {
		return nil, err
	}
	out.Status, out.Size = "saved", model.Ptr(len(packed))
	return out, nil
}

type downloadIn struct {
	ID     model.ReportID `path:"report_id"`
	FileID model.StoredID `path:"stored_report_id"`
}

// download gives the content of a file that is saved, compressed for clients that offer to unpack it.
func download(ctx context.Context, v *state.View, in downloadIn) (*op.Document, error) {
	r, err := reached(ctx, v, in.ID)
	if err != nil {
		return nil, err
	}
	for run := range v.RunsOf(r.ID) {
		if f, ok := run.File(in.FileID); ok && run.Saved(v.Now()) {
			return attach(run, f.Format, op.Request(ctx).Header)
		}
	}
	return nil, model.Missing("saved file", in.FileID)
}

func attach(run *model.ReportRun, format string, header http.Header) (*op.Document, error) {
	content, err := reportfile.Make(run, format)
	if err != nil {
		return nil, err
	}
	d := &op.Document{Type: "application/octet-stream", Body: content, Header: http.Header{"Vary": {"Accept-Encoding"}}}
	if !takesGzip(header) {
		return d, nil
	}
	d.Header.Set("Content-Encoding", "gzip")
	d.Body, err = pack(content)
	return d, err
}

// pack compresses. The same content always gives the same bytes.
func pack(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		return nil, fmt.Errorf("compress a report: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress a report: %w", err)
	}
	return b.Bytes(), nil
}

// takesGzip reads Accept-Encoding: gzip, or anything, unless its weight is zero (RFC 9110, 12.5.3). What names gzip
// counts for more than the asterisk.
func takesGzip(header http.Header) bool {
	takes := map[string]bool{}
	for coding := range strings.SplitSeq(strings.Join(header.Values("Accept-Encoding"), ","), ",") {
		name, params, _ := strings.Cut(coding, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		_, weight, _ := strings.Cut(params, "=")
		takes[name] = strings.Trim(strings.TrimSpace(weight), "0.") != "" || weight == ""
	}
	if named, ok := takes["gzip"]; ok {
		return named
	}
	return takes["*"]
}
