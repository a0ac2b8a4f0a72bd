package reports

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type createIn struct {
	Body createBody
}

type createBody struct {
	Action     string         `json:"result_action"`
	Recipients []model.UserID `json:"recipients"`
	Parameters parametersIn   `json:"parameters"`
	Schedule   scheduleIn     `json:"schedule"`
	Date       string         `json:"generation_date"`
}

type parametersIn struct {
	TenantID model.TenantID `json:"tenant_id"`
	Kind     string         `json:"kind"`
	Level    string         `json:"level"`
	Formats  []string       `json:"formats"`
	Period   model.Period   `json:"period"`
	ShowSKUs *bool          `json:"show_skus"`
	HideZero *bool          `json:"hide_zero_usage"`
}

type scheduleIn struct {
	Type    string `json:"type"`
	Enabled *bool  `json:"enabled"`
}

// create plans a report. One that is due now is generated before anybody can ask for it.
func create(ctx context.Context, tx *state.Tx, in createIn) (*report, error) {
	t, err := tx.NamedTenant(in.Body.Parameters.TenantID)
	if err != nil {
		return nil, err
	}
	if err := tx.Reach(op.Caller(ctx), t.ID); err != nil {
		return nil, err
	}
	if tx.Settings().Is("report_window", "on") {
		if err := model.CheckReportWindow(tx.Now()); err != nil {
			return nil, err
		}
	}
	r := in.Body.report()
	if err := check(r, model.DayOf(tx.Now())); err != nil {
		return nil, err
	}
	r.ID, r.Version, r.CreatedAt, r.UpdatedAt = model.ReportID(tx.UUID()), 1, tx.Now(), tx.Now()
	r.Plan(tx.Now())
	tx.PutReport(r)
	return reportOf(r), nil
}

// report fills in what was left out (wire facts, idp 8.1). A client that names no format reads the first file as
// csv_v2_0.
func (b *createBody) report() *model.Report {
	p := &b.Parameters
	r := &model.Report{
		TenantID: p.TenantID, Action: b.Action, Recipients: b.Recipients, Kind: p.Kind, Level: p.Level,
		Formats: model.Unique(p.Formats), Period: p.Period, ShowSKUs: p.ShowSKUs, HideZero: p.HideZero,
		Schedule: b.Schedule.Type, Enabled: b.Schedule.Enabled == nil || *b.Schedule.Enabled, Date: b.Date,
	}
	if len(r.Formats) == 0 {
		r.Formats = []string{model.FormatCSVv2}
	}
	return r
}

// check refuses dates that are none, and a period that is missing or wrong. A monthly report finds its own.
func check(r *model.Report, today string) error {
	if _, ok := model.ParseDay(r.Date); r.Date != "" && !ok {
		return model.BadMember("/generation_date", "is not a day such as 2026-01-31: %q", r.Date)
	}
	given := r.Period != model.Period{}
	switch {
	case r.Schedule == model.ReportMonthly:
		return nil
	case !given && r.Kind != model.UsageCurrent:
		return model.BadMember("/parameters/period", "is required for a report of kind %q that is generated once", r.Kind)
	case !given:
		return nil
	}
	return model.CheckPeriod(r.Period, r.Kind, max(today, r.Date))
}

type updateIn struct {
	ID   model.ReportID `path:"report_id"`
	Body updateBody
}

type updateBody struct {
	Recipients *[]model.UserID `json:"recipients"`
	Parameters struct {
		Kind     *string `json:"kind"`
		Level    *string `json:"level"`
		ShowSKUs *bool   `json:"show_skus"`
		HideZero *bool   `json:"hide_zero_usage"`
	} `json:"parameters"`
	Schedule struct {
		Enabled *bool `json:"enabled"`
	} `json:"schedule"`
}

// update changes what may change of a scheduled report; the rest of the parameters is read over, as the reference's own
// example sends it. There is no version to send.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*report, error) {
	r, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return nil, err
	}
	if err := r.CheckChangeable(); err != nil {
		return nil, err
	}
	changed := *r
	in.Body.over(&changed)
	if changed.Enabled != r.Enabled {
		changed.Plan(tx.Now())
	}
	tx.UpdateReport(&changed)
	return reportOf(&changed), nil
}

func (b *updateBody) over(r *model.Report) {
	if b.Recipients != nil {
		r.Recipients = *b.Recipients
	}
	if b.Parameters.Kind != nil {
		r.Kind = *b.Parameters.Kind
	}
	if b.Parameters.Level != nil {
		r.Level = *b.Parameters.Level
	}
	if b.Parameters.ShowSKUs != nil {
		r.ShowSKUs = b.Parameters.ShowSKUs
	}
	if b.Parameters.HideZero != nil {
		r.HideZero = b.Parameters.HideZero
	}
	if b.Schedule.Enabled != nil {
		r.Enabled = *b.Schedule.Enabled
	}
}
