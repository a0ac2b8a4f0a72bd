package model

import "time"

// TimerReport generates a report.
const TimerReport = "report"

// What reports are made of (reference, POST /reports; wire facts, idp 8.1).
const (
	ReportSave = "save"
	ReportSend = "send"

	ReportOnce    = "once"
	ReportMonthly = "monthly"

	UsageDaily     = "usage_daily"
	UsageSummary   = "usage_summary"
	UsageCurrent   = "usage_current"
	UsageBreakdown = "usage_breakdown"

	LevelItself    = "itself"
	LevelDirect    = "direct_partners"
	LevelPartners  = "all_partners"
	LevelCustomers = "all_customers"
	LevelAccounts  = "accounts"

	FormatCSV    = "csv"
	FormatHTML   = "html"
	FormatJSON   = "json_v1"
	FormatCSVv2  = "csv_v2_0"
	FormatJSONv2 = "json_v2_0"
)

// Report is the configuration of a usage report.
type Report struct {
	ID         ReportID  `json:"id"`
	Version    int64     `json:"v"`
	TenantID   TenantID  `json:"tenant"`
	Action     string    `json:"action"`
	Recipients []UserID  `json:"to,omitempty"`
	Kind       string    `json:"kind"`
	Level      string    `json:"level"`
	Formats    []string  `json:"formats"`
	Period     Period    `json:"period"` // that of the next generation, or of the last one
	ShowSKUs   *bool     `json:"skus,omitempty"`
	HideZero   *bool     `json:"nozero,omitempty"`
	Schedule   string    `json:"schedule"`
	Enabled    bool      `json:"on,omitempty"`
	Date       string    `json:"date"`          // of the next generation, or of the last one
	NextAt     time.Time `json:"next,omitzero"` // when it is generated; zero once it was for good
	CreatedAt  time.Time `json:"created"`
	UpdatedAt  time.Time `json:"updated"`
}

// Saves reports whether generating the report leaves files behind: reports that are sent leave none.
func (r *Report) Saves() bool { return r.Action == ReportSave }

// SKUs reports whether the report names the SKU of each line.
func (r *Report) SKUs() bool { return r.ShowSKUs != nil && *r.ShowSKUs }

// Hides reports whether lines without usage are left out.
func (r *Report) Hides() bool { return r.HideZero != nil && *r.HideZero }

// InLevel reports whether a tenant below that of a report is on a report of the level; direct says that it is a
// child. Personal tenants are the accounts of their users.
func InLevel(level string, t *Tenant, direct bool) bool {
	switch level {
	case LevelDirect:
		return direct && !t.Personal()
	case LevelPartners:
		return partnerLike(t.Kind)
	case LevelCustomers:
		return partnerLike(t.Kind) || t.Kind == Customer
	case LevelAccounts:
		return true
	}
	return false
}
