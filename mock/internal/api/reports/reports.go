package reports

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on reports.
var Ops = []op.Op{
	op.Write("createReport", create),
	op.Read("getReport", get),
	op.Write("updateReport", update),
	op.Write("deleteReport", remove),
	op.Read("listTenantReports", ofTenant),
	op.Read("listStoredReports", stored),
	op.Read("downloadStoredReport", download),
}

// report is the wire form of a report: every member is in every answer (wire facts, idp 8.1), but for the two flags,
// which are as they were sent.
type report struct {
	ID         model.ReportID `json:"id"`
	Version    int64          `json:"version"`
	Action     string         `json:"result_action"`
	Recipients []model.UserID `json:"recipients"`
	Parameters parameters     `json:"parameters"`
	Schedule   schedule       `json:"schedule"`
	Date       string         `json:"generation_date"`
}

type parameters struct {
	TenantID model.TenantID `json:"tenant_id"`
	Kind     string         `json:"kind"`
	Level    string         `json:"level"`
	Formats  []string       `json:"formats"`
	Period   model.Period   `json:"period"`
	ShowSKUs *bool          `json:"show_skus,omitempty"`
	HideZero *bool          `json:"hide_zero_usage,omitempty"`
}

type schedule struct {
	Enabled bool   `json:"enabled"`
	Type    string `json:"type"`
}

func reportOf(r *model.Report) *report {
	out := &report{
		ID: r.ID, Version: r.Version, Action: r.Action, Recipients: r.Recipients, Date: r.Date,
		Parameters: parameters{
			TenantID: r.TenantID, Kind: r.Kind, Level: r.Level, Formats: r.Formats, Period: r.Period,
			ShowSKUs: r.ShowSKUs, HideZero: r.HideZero,
		},
		Schedule: schedule{Enabled: r.Enabled, Type: r.Schedule},
	}
	if out.Recipients == nil {
		out.Recipients = []model.UserID{}
	}
	return out
}

type getIn struct {
	ID model.ReportID `path:"report_id"`
}

func get(ctx context.Context, v *state.View, in getIn) (*report, error) {
	r, err := reached(ctx, v, in.ID)
	if err != nil {
		return nil, err
	}
	return reportOf(r), nil
}

// reached finds a report on a tenant within the caller's reach.
func reached(ctx context.Context, v *state.View, id model.ReportID) (*model.Report, error) {
	r, err := v.Report(id)
	if err != nil {
		return nil, err
	}
	return r, v.Reach(op.Caller(ctx), r.TenantID)
}

type ofTenantIn struct {
	ID model.TenantID `path:"tenant_id"`
}

// ofTenant lists the reports on the tenant itself, oldest first.
func ofTenant(ctx context.Context, v *state.View, in ofTenantIn) (*wire.Items[model.ReportID], error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	var ids []model.ReportID
	for r := range v.ReportsOf(t.ID) {
		ids = append(ids, r.ID)
	}
	return wire.ItemsOf(ids), nil
}

type removeIn struct {
	ID      model.ReportID `path:"report_id"`
	Version int64          `query:"version"`
}

// remove takes a report away for good, with its files.
func remove(ctx context.Context, tx *state.Tx, in removeIn) (op.None, error) {
	r, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return op.None{}, err
	}
	if err := model.CheckVersion("report "+string(r.ID), in.Version, r.Version); err != nil {
		return op.None{}, err
	}
	tx.RemoveReport(r.ID)
	return op.None{}, nil
}
