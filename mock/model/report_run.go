package model

import (
	"slices"
	"time"
)

// StoredFile is a file of a generated report.
type StoredFile struct {
	ID     StoredID `json:"id"`
	Format string   `json:"format"`
}

// savingTakes is how long a report is in progress. Pollers wait one or two seconds a round and find it done in
// the second (wire facts, idp 8.2).
const savingTakes = time.Second

// ReportRun is what one generation of a report found. Its figures never change again; the files are made of it.
type ReportRun struct {
	ReportID ReportID       `json:"report"`
	At       time.Time      `json:"at"`
	Files    []StoredFile   `json:"files"`
	Kind     string         `json:"kind"`
	Level    string         `json:"level"`
	Period   Period         `json:"period"`
	ShowSKUs bool           `json:"skus,omitempty"`
	Group    int64          `json:"group"` // integer id of the tenant
	Name     string         `json:"name"`  // of the tenant
	Tenants  []ReportTenant `json:"tenants"`
}

// Key is the key of the row: the runs of a report stand together, in the order of time.
func (r *ReportRun) Key() string { return RunKey(r.ReportID, r.At) }

// RunKey is the key of a run.
func RunKey(id ReportID, at time.Time) string {
	return string(id) + "/" + at.UTC().Format("20060102T150405.000000")
}

// Saved reports whether the files are there.
func (r *ReportRun) Saved(now time.Time) bool { return !now.Before(r.At.Add(savingTakes)) }

// File finds a file of the run.
func (r *ReportRun) File(id StoredID) (StoredFile, bool) {
	i := slices.IndexFunc(r.Files, func(f StoredFile) bool { return f.ID == id })
	if i < 0 {
		return StoredFile{}, false
	}
	return r.Files[i], true
}

// ReportTenant is a tenant on a report, as it was.
type ReportTenant struct {
	ID         TenantID     `json:"id"`
	Kind       TenantKind   `json:"kind"`
	Name       string       `json:"name"`
	CustomerID *string      `json:"cid,omitempty"`
	Mode       string       `json:"mode"`
	Currency   *string      `json:"currency,omitempty"`
	Lines      []ReportLine `json:"lines,omitempty"`
}

// ReportLine is a usage of a tenant on a report: all that is used in the tenant and below.
type ReportLine struct {
	ItemRef
	Date       string    `json:"date"`
	Edition    string    `json:"edition,omitempty"`
	Site       *LineSite `json:"site,omitempty"` // of items on a component
	Quota      *int64    `json:"quota,omitempty"`
	Price      string    `json:"price,omitempty"`
	Production Figures   `json:"p,omitzero"`
	Trial      Figures   `json:"t,omitzero"`
}

// LineSite is the component of a line, as it was.
type LineSite struct {
	Name    string   `json:"name"`
	OwnerID TenantID `json:"owner"`
	Backend string   `json:"backend,omitempty"`
}
