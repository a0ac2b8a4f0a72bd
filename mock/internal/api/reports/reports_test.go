package reports_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestWhatIsLeftOutIsFilledIn(t *testing.T) {
	t.Parallel()
	srv := start(t)
	a := srv.acme.Post("/reports", body(apitest.Acme, nil)).Want(200)
	var got obj
	a.Into(&got)
	month, yesterday := srv.Now().UTC().Format("2006-01-02")[:8]+"01", srv.day(-1)
	if yesterday < month {
		yesterday = month
	}
	want := obj{
		"id": got["id"], "version": 1.0, "result_action": "save", "recipients": []any{},
		"parameters": obj{
			"tenant_id": apitest.Acme, "kind": "usage_current", "level": "accounts", "formats": []any{"csv_v2_0"},
			"period": obj{"start": month, "end": yesterday},
		},
		"schedule": obj{"enabled": true, "type": "once"}, "generation_date": srv.day(0),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the report (-want +got):\n%s", diff)
	}
	var again obj
	srv.acme.Get("/reports/" + a.Text("/id")).Want(200).Into(&again)
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("GET shows it differently (-POST +GET):\n%s", diff)
	}
}

func TestWhatIsSentIsKept(t *testing.T) {
	t.Parallel()
	srv := start(t)
	sent := obj{
		"result_action": "send", "recipients": []any{apitest.NoSuchID},
		"schedule": obj{"type": "once", "enabled": "true"}, "generation_date": "2017-05-08",
		"parameters": obj{
			"tenant_id": apitest.Harbor, "formats": []any{"csv", "json_v1", "csv_v2_0", "json_v2_0", "csv"},
			"show_skus": "false", "hide_zero_usage": "true", "kind": "usage_summary", "level": "direct_partners",
			"period": obj{"start": "2017-05-01", "end": "2017-05-07"},
		},
	}
	var got obj
	srv.acme.Post("/reports", sent).Want(200).Into(&got)
	sent["id"], sent["version"] = got["id"], 1.0
	sent["schedule"] = obj{"type": "once", "enabled": true}
	params := sent["parameters"].(obj)
	params["show_skus"], params["hide_zero_usage"] = false, true
	params["formats"] = []any{"csv", "json_v1", "csv_v2_0", "json_v2_0"}
	if diff := cmp.Diff(sent, got); diff != "" {
		t.Errorf("the report (-want +got):\n%s", diff)
	}
}

func TestReportsThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := start(t)
	harbor := srv.Bearer(srv.UserToken(elena, apitest.AdminPassword))
	viewer := srv.Bearer(srv.UserToken("viewer@acme-msp.example", apitest.AdminPassword))
	params := func(p obj) obj { return body(apitest.Acme, obj{"parameters": p}) }
	period := func(start, end string) obj {
		return params(obj{"kind": "usage_summary", "period": obj{"start": start, "end": end}})
	}
	for name, tt := range map[string]struct {
		caller       *apitest.Client
		body         obj
		status, code int
	}{
		"on an unknown tenant":            {srv.acme, body(apitest.NoSuchID, nil), 404, 1005},
		"on a foreign tenant":             {srv.acme, body(globex, nil), 403, 1002},
		"on the tenant above":             {harbor, body(apitest.Acme, nil), 403, 1002},
		"by who only reads":               {viewer, body(apitest.Acme, nil), 403, 1002},
		"with Basic credentials":          {srv.Partner(), body(apitest.Acme, nil), 401, 401},
		"of an unknown kind":              {srv.acme, params(obj{"kind": "usage_weekly"}), 400, 400},
		"of an unknown level":             {srv.acme, params(obj{"level": "everybody"}), 400, 400},
		"in an unknown format":            {srv.acme, params(obj{"formats": []string{"pdf"}}), 400, 400},
		"without a level":                 {srv.acme, params(obj{"level": nil}), 400, 400},
		"without a schedule":              {srv.acme, obj{"result_action": "save", "parameters": params(nil)["parameters"]}, 400, 400},
		"to be burnt":                     {srv.acme, body(apitest.Acme, obj{"result_action": "burn"}), 400, 400},
		"each week":                       {srv.acme, body(apitest.Acme, obj{"schedule": obj{"type": "weekly"}}), 400, 400},
		"on a day that is none":           {srv.acme, body(apitest.Acme, obj{"generation_date": "2026-02-30"}), 400, 400},
		"on a past without a period":      {srv.acme, params(obj{"kind": "usage_daily"}), 400, 400},
		"on a period in the future":       {srv.acme, period(srv.day(0), srv.day(1)), 400, 400},
		"on a period that runs backwards": {srv.acme, period("2026-02-02", "2026-02-01"), 400, 400},
		"on half a period":                {srv.acme, params(obj{"period": obj{"start": "2026-02-02"}}), 400, 400},
		"for recipients that are no ids":  {srv.acme, body(apitest.Acme, obj{"recipients": []string{"me"}}), 400, 400},
	} {
		t.Run(name, func(t *testing.T) {
			tt.caller.In(t).Post("/reports", tt.body).Refused(tt.status, tt.code)
		})
	}
	harbor.Post("/reports", body(apitest.Harbor, nil)).Want(200) // a company's administrator may
	srv.acme.Post("/reports", period(srv.day(0), srv.day(0))).Want(200)
}

func TestTheReportWindow(t *testing.T) {
	t.Parallel()
	srv := start(t, apitest.With(map[string]string{"report_window": "on"}))
	now := srv.Now().UTC()
	midnight := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, time.UTC)
	srv.goOn(t, midnight.Sub(now))
	renew := func() *apitest.Client {
		return srv.Bearer(srv.ClientToken(apitest.PartnerClient, apitest.PartnerSecret))
	}
	for _, tt := range []struct {
		hours        int // since the hour before
		status, code int
	}{
		{0, 200, 0}, {1, 400, 400}, {4, 400, 400}, {1, 500, 1000}, {1, 200, 0}, {12, 200, 0}, {6, 400, 400},
	} {
		srv.goOn(t, time.Duration(tt.hours)*time.Hour)
		a := renew().Post("/reports", body(apitest.Acme, nil)).Want(tt.status)
		if tt.code != 0 {
			a.Refused(tt.status, tt.code)
		}
	}
}

func TestWhoSeesAReport(t *testing.T) {
	t.Parallel()
	srv := start(t)
	report := srv.acme.Post("/reports", body(apitest.Acme, nil)).Want(200).Text("/id")
	harbors := srv.acme.Post("/reports", body(apitest.Harbor, nil)).Want(200).Text("/id")
	harbor := srv.Bearer(srv.UserToken(elena, apitest.AdminPassword))
	viewer := srv.Bearer(srv.UserToken("viewer@acme-msp.example", apitest.AdminPassword))
	for _, path := range []string{"", "/stored"} {
		viewer.Get("/reports/" + report + path).Want(200)
		harbor.Get("/reports/"+report+path).Refused(403, 1002)
		harbor.Get("/reports/" + harbors + path).Want(200)
		srv.acme.Get("/reports/"+apitest.NoSuchID+path).Refused(404, 404)
		srv.acme.Get("/reports/"+apitest.Acme+path).Refused(404, 404) // the id of another kind
		srv.acme.Get("/reports/report"+path).Refused(404, 404)
		srv.Partner().Get("/reports/"+report+path).Refused(401, 401)
	}
	viewer.Delete("/reports/"+report+"?version=1").Refused(403, 1002)
	harbor.Get("/reports/"+report+"/stored/"+apitest.NoSuchID).Refused(403, 1002)
}

func TestTheReportsOfATenant(t *testing.T) {
	t.Parallel()
	srv := start(t)
	list := func() []string {
		var got struct{ Items []string }
		srv.acme.Get("/tenants/" + apitest.Harbor + "/reports").Want(200).Into(&got)
		return got.Items
	}
	before := list()
	var made []string
	for range 3 {
		made = append(made, srv.acme.Post("/reports", body(apitest.Harbor, nil)).Want(200).Text("/id"))
		srv.goOn(t, time.Second)
	}
	srv.acme.Post("/reports", body(apitest.Acme, nil)).Want(200) // one on another tenant
	if diff := cmp.Diff(append(before, made...), list()); diff != "" {
		t.Errorf("reports, oldest first (-want +got):\n%s", diff)
	}
	if a := srv.acme.Get("/tenants/" + birch + "/reports").Want(200); string(a.Body) != `{"items":[]}` {
		t.Errorf("a tenant without reports: %s", a.Body)
	}
	srv.acme.Get("/tenants/"+globex+"/reports").Refused(403, 1002)
	srv.acme.Get("/tenants/"+apitest.NoSuchID+"/reports").Refused(404, 404)
}

func TestOnlyScheduledReportsChange(t *testing.T) {
	t.Parallel()
	srv := start(t)
	once := srv.acme.Post("/reports", body(apitest.Acme, nil)).Want(200).Text("/id")
	srv.acme.Put("/reports/"+once, obj{"recipients": []any{}}).Refused(400, 1027)
	srv.acme.Put("/reports/"+apitest.NoSuchID, obj{}).Refused(404, 404)

	a := srv.acme.Post("/reports", body(apitest.Acme, obj{"schedule": obj{"type": "monthly"}})).Want(200)
	path := "/reports/" + a.Text("/id")
	var before, after obj
	a.Into(&before)
	srv.acme.Put(path, obj{ // the reference's own example
		"recipients": []any{apitest.NoSuchID},
		"parameters": obj{
			"tenant_id": apitest.Harbor, "show_skus": false, "hide_zero_usage": "True", "kind": "usage_current", "level": "direct_partners",
		},
		"schedule": obj{"type": "once", "enabled": false},
	}).Want(200).Into(&after)
	before["version"], before["recipients"] = 2.0, []any{apitest.NoSuchID}
	params := before["parameters"].(obj)
	params["level"], params["show_skus"], params["hide_zero_usage"] = "direct_partners", false, true
	before["schedule"] = obj{"type": "monthly", "enabled": false}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the report (-want +got):\n%s", diff)
	}
	if got := srv.acme.Put(path, obj{}).Want(200).Int("/version"); got != 3 {
		t.Errorf("version %d, want 3", got)
	}
	srv.acme.Put(path, obj{"parameters": obj{"kind": "usage_weekly"}}).Refused(400, 400)
}

func TestDeletingAReport(t *testing.T) {
	t.Parallel()
	srv := start(t)
	report, files := srv.save(t, body(apitest.Acme, nil))
	path := "/reports/" + report
	srv.acme.Delete(path).Refused(400, 400) // without a version
	srv.acme.Delete(path+"?version=2").Refused(409, 1001)
	srv.acme.Delete("/reports/"+apitest.NoSuchID+"?version=1").Refused(404, 404)
	srv.acme.Delete(path + "?version=1").Want(204)
	srv.acme.Delete(path+"?version=1").Refused(404, 404)
	srv.acme.Get(path).Refused(404, 404)
	srv.acme.Get(path+"/stored/"+files[0]).Refused(404, 404)
}
