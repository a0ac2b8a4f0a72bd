package reports_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestTheFirstPollFindsAFileInProgressAndTheNextFindsItSaved(t *testing.T) {
	t.Parallel()
	srv := start(t)
	formats := []any{"json_v2_0", "csv", "csv_v2_0"}
	path := "/reports/" + srv.acme.Post("/reports", body(apitest.Acme, obj{"parameters": obj{"formats": formats}})).Want(200).Text("/id") + "/stored"
	first := srv.acme.Get(path).Want(200)
	for i, format := range formats {
		at := "/items/" + strconv.Itoa(i)
		if first.Text(at+"/status") != "in_progress" || first.Text(at+"/report_format") != format {
			t.Errorf("file %d is %s", i, first.Body)
		}
		if size, there := first.Find(at + "/size"); there {
			t.Errorf("file %d in progress has the size %v", i, size)
		}
		srv.acme.Get(path+"/"+first.Text(at+"/id")).Refused(404, 404)
	}
	if want := srv.Now().UTC().Format("2006-01-02T15:04:05+00:00"); first.Text("/items/0/created_at") != want {
		t.Errorf("created_at is %s, want %s", first.Text("/items/0/created_at"), want)
	}
	srv.goOn(t, time.Second)
	second := srv.acme.Get(path).Want(200)
	for i := range formats {
		at := "/items/" + strconv.Itoa(i)
		if second.Text(at+"/status") != "saved" || second.Text(at+"/id") != first.Text(at+"/id") || second.Int(at+"/size") < 1 {
			t.Errorf("file %d is %s", i, second.Body)
		}
		srv.acme.Get(path + "/" + second.Text(at+"/id")).Want(200)
	}
	srv.acme.Get(path+"/"+apitest.NoSuchID).Refused(404, 404)
}

func TestWhatIsSentLeavesNoFile(t *testing.T) {
	t.Parallel()
	srv := start(t)
	path := "/reports/" + srv.acme.Post("/reports", body(apitest.Acme, obj{"result_action": "send"})).Want(200).Text("/id") + "/stored"
	srv.goOn(t, time.Minute)
	if a := srv.acme.Get(path).Want(200); string(a.Body) != `{"items":[]}` {
		t.Errorf("files of a report that is sent: %s", a.Body)
	}
}

func TestAFileOfOneReportIsNotThatOfAnother(t *testing.T) {
	t.Parallel()
	srv := start(t)
	_, files := srv.save(t, body(apitest.Acme, nil))
	other, _ := srv.save(t, body(apitest.Acme, nil))
	srv.acme.Get("/reports/"+other+"/stored/"+files[0]).Refused(404, 404)
}

func TestDownloadsAreCompressedForWhoOffersIt(t *testing.T) {
	t.Parallel()
	srv := start(t)
	report, files := srv.save(t, body(apitest.Acme, nil))
	path := "/reports/" + report + "/stored"
	size := int(srv.acme.Get(path).Want(200).Int("/items/0/size"))
	header, plain := srv.raw(t, path+"/"+files[0], "")
	if got := header.Get("Content-Type"); got != "application/octet-stream" {
		t.Errorf("Content-Type is %q", got)
	}
	for offer, packed := range map[string]bool{
		"": false, "gzip": true, "deflate, GZIP;q=0.5": true, "*": true, "gzip;q=0": false, "gzip; q=0.000, *": false,
		"identity": false, "br, deflate": false, "*;q=0": false,
	} {
		header, got := srv.raw(t, path+"/"+files[0], offer)
		encoding := header.Get("Content-Encoding")
		if (encoding == "gzip") != packed || header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Content-Encoding %q, Vary %q", offer, encoding, header.Get("Vary"))
		}
		if packed {
			if len(got) != size {
				t.Errorf("%d bytes are sent, the size is %d", len(got), size)
			}
			got = unpack(t, got)
		}
		if !bytes.Equal(got, plain) {
			t.Errorf("Accept-Encoding %q: the content differs", offer)
		}
	}
}

func unpack(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestAMonthlyReportIsGeneratedByTheClock(t *testing.T) {
	t.Parallel()
	srv := start(t)
	a := srv.acme.Post("/reports", body(apitest.Acme, obj{
		"schedule": obj{"type": "monthly"}, "parameters": obj{"kind": "usage_summary"},
	})).Want(200)
	path := "/reports/" + a.Text("/id")
	if n := srv.acme.Get(path + "/stored").Want(200).Len("/items"); n != 0 {
		t.Errorf("%d files before the month is over", n)
	}
	first := a.Text("/generation_date")
	renew := func() *apitest.Client {
		return srv.Bearer(srv.ClientToken(apitest.PartnerClient, apitest.PartnerSecret))
	}
	for n := 1; n <= 3; n++ {
		date := a.Text("/generation_date")
		at, err := time.Parse("2006-01-02T15:04:05", date+"T23:59:59")
		if err != nil || at.Day() != 1 {
			t.Fatalf("generation_date %q is no first day of a month", date)
		}
		srv.goOn(t, at.Sub(srv.Now())-time.Second)
		if got := renew().Get(path + "/stored").Want(200).Len("/items"); got != n-1 {
			t.Errorf("%d files just before %s, want %d", got, date, n-1)
		}
		srv.goOn(t, 2*time.Second)
		stored := renew().Get(path + "/stored").Want(200)
		if got := stored.Text(fmt.Sprintf("/items/%d/created_at", n-1)); got != date+"T23:59:59+00:00" {
			t.Errorf("file %d was created at %s, want %sT23:59:59+00:00", n, got, date)
		}
		a = renew().Get(path).Want(200)
		if a.Int("/version") != 1 || a.Text("/generation_date") <= date {
			t.Errorf("after its generation the report is %s", a.Body)
		}
	}
	if first == "" || a.Text("/parameters/period/end") >= a.Text("/generation_date") {
		t.Errorf("the period does not end before the generation: %s", a.Body)
	}
	renew().Put(path, obj{"schedule": obj{"enabled": false}}).Want(200)
	srv.goOn(t, 62*24*time.Hour)
	if got := renew().Get(path + "/stored").Want(200).Len("/items"); got != 3 {
		t.Errorf("%d files of a report that was disabled after 3", got)
	}
}

func TestAFileNeverChanges(t *testing.T) {
	t.Parallel()
	srv := start(t)
	report, files := srv.save(t, body(apitest.Acme, obj{"parameters": obj{"formats": []any{"csv_v2_0", "json_v2_0", "html", "csv", "json_v1"}}}))
	contents := func() []string {
		var all []string
		for _, id := range files {
			all = append(all, string(srv.acme.Get("/reports/"+report+"/stored/"+id).Want(200).Body))
		}
		return all
	}
	before := contents()
	srv.root.Put("/tenants/usages", obj{"items": []any{obj{"tenant_id": apitest.Harbor, "offering_item": "vms", "usage_value": 1234}}}).Want(200)
	srv.Partner().Put("/tenants/"+apitest.Harbor, obj{"version": srv.Partner().Get("/tenants/" + apitest.Harbor).Want(200).Int("/version"), "name": "Harbour Clinic"}).Want(200)
	if diff := cmp.Diff(before, contents()); diff != "" {
		t.Errorf("the files changed (-before +after):\n%s", diff)
	}
}

func TestTheDemoWorldHasASavedReport(t *testing.T) {
	t.Parallel()
	srv := start(t)
	var reports struct{ Items []string }
	srv.acme.Get("/tenants/" + apitest.Acme + "/reports").Want(200).Into(&reports)
	path := "/reports/4e900000-0000-4000-8000-000000000001"
	if len(reports.Items) != 2 || "/reports/"+reports.Items[0] != path {
		t.Errorf("the reports of the partner are %v", reports.Items)
	}
	stored := srv.acme.Get(path + "/stored").Want(200)
	if stored.Len("/items") != 2 || stored.Text("/items/0/status") != "saved" {
		t.Fatalf("its files are %s", stored.Body)
	}
	file := srv.acme.Get(path + "/stored/" + stored.Text("/items/0/id")).Want(200)
	if got := line(t, lines(t, string(file.Body)), apitest.Harbor, "vms")["usage.effective.total"]; got != "4" {
		t.Errorf("Harbor has %s virtual machines on it, want 4", got)
	}
}
