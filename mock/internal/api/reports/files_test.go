package reports_test

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

const header = "application.id,application.name,date,infra.backend_type,infra.id,infra.name,infra.owner_id,is_range," +
	"measurement_unit,name,pricing.currency,pricing.mode,pricing.price,pricing.total_cost,quota.value,tenant.customer_id," +
	"tenant.id,tenant.kind,tenant.name,usage.absolute.production,usage.absolute.total,usage.absolute.trial," +
	"usage.delta.production,usage.delta.total,usage.delta.trial,usage.effective.production,usage.effective.total," +
	"usage.effective.trial,edition"

// lines reads a CSV file into records by the names of its columns.
func lines(t *testing.T, file string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, name := range rows[0] {
			record[name] = row[i]
		}
		all = append(all, record)
	}
	return all
}

// line is the one of a tenant about an item.
func line(t *testing.T, all []map[string]string, tenant, name string) map[string]string {
	t.Helper()
	for _, l := range all {
		if l["tenant.id"] == tenant && l["name"] == name {
			return l
		}
	}
	t.Fatalf("no line of tenant %s about %s", tenant, name)
	return nil
}

func TestTheColumnsOfCSVv2(t *testing.T) {
	t.Parallel()
	srv := start(t)
	file := srv.file(t, "csv_v2_0", body(apitest.Harbor, obj{"parameters": obj{"level": "itself"}}))
	first, _, _ := strings.Cut(file, "\n")
	if first != header {
		t.Errorf("the header is\n%s, want\n%s", first, header)
	}
	for _, l := range lines(t, file) {
		for name, value := range l {
			number := strings.HasPrefix(name, "usage.")
			if _, err := strconv.ParseInt(value, 10, 64); number && err != nil {
				t.Errorf("%s of %s is %q, which is no integer", name, l["name"], value)
			}
		}
		if l["application.id"] == "" || l["tenant.id"] == "" || l["name"] == "" {
			t.Errorf("a line lacks what clients insist on: %v", l)
		}
	}
	got := line(t, lines(t, file), apitest.Harbor, "workstations")
	end := srv.day(-1)
	if month := srv.day(0)[:8] + "01"; end < month {
		end = month
	}
	want := map[string]string{
		"application.id": "6e6d758d-8e74-3ae3-ac84-50eb0dff12eb", "application.name": "backup", "date": end,
		"infra.backend_type": "", "infra.id": "", "infra.name": "", "infra.owner_id": "", "is_range": "False",
		"measurement_unit": "", "name": "workstations", "pricing.currency": "", "pricing.mode": "", "pricing.price": "",
		"pricing.total_cost": "", "quota.value": "25", "tenant.customer_id": "HC-1001", "tenant.id": apitest.Harbor,
		"tenant.kind": "customer", "tenant.name": "Harbor Clinic",
		"usage.absolute.production": "22", "usage.absolute.total": "22", "usage.absolute.trial": "0",
		"usage.delta.production": "0", "usage.delta.total": "0", "usage.delta.trial": "0",
		"usage.effective.production": "22", "usage.effective.total": "22", "usage.effective.trial": "0", "edition": "standard",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the line (-want +got):\n%s", diff)
	}
}

func TestFiguresOfTheModel(t *testing.T) {
	t.Parallel()
	srv := start(t)
	srv.root.Put("/tenants/usages", obj{"items": []any{
		obj{"tenant_id": apitest.Harbor, "offering_item": "vms", "usage_value": 7},
		obj{"tenant_id": apitest.Harbor, "offering_item": "compute_points", "usage_value": 7200},
		obj{"tenant_id": apitest.Harbor, "offering_item": "storage", "infra_id": blockStorage, "usage_value": 1 << 33},
		obj{"tenant_id": birch, "offering_item": "pw_base_workstations", "usage_value": 5},
		obj{"tenant_id": apitest.Acme, "offering_item": "vms", "usage_value": 2},
	}}).Want(200)
	all := lines(t, srv.file(t, "csv_v2_0", body(apitest.Acme, nil)))
	for name, tt := range map[string]struct {
		tenant, item string
		want         map[string]string
	}{
		"what was reported is there":    {apitest.Harbor, "vms", map[string]string{"usage.effective.total": "7", "usage.delta.total": "3", "quota.value": "10"}},
		"a range is marked, in seconds": {apitest.Harbor, "compute_points", map[string]string{"is_range": "True", "measurement_unit": "seconds", "usage.effective.total": "7200"}},
		"a storage says which": {apitest.Harbor, "storage", map[string]string{
			"infra.id": blockStorage, "infra.name": "Frankfurt block storage", "infra.owner_id": apitest.RootTenant, "measurement_unit": "bytes",
		}},
		"what customers use counts for the partner, at its price": {apitest.Acme, "vms", map[string]string{
			"usage.effective.total": "9", "pricing.price": "4.5", "pricing.currency": "USD", "pricing.mode": "production", "pricing.total_cost": "40.50",
		}},
		"trials are counted apart": {apitest.Acme, "pw_base_workstations", map[string]string{
			"usage.effective.production": "0", "usage.effective.trial": "5", "usage.effective.total": "5", "edition": "pck_per_workload",
		}},
		"a usage without an item has a line": {apitest.Harbor, "vm_storage", map[string]string{"edition": "", "measurement_unit": "bytes", "usage.effective.total": "128849018880"}},
		"bytes are priced by the gibibyte":   {apitest.Acme, "storage", map[string]string{"pricing.price": "0.05"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := line(t, all, tt.tenant, tt.item)
			for column, want := range tt.want {
				if l[column] != want {
					t.Errorf("%s is %q, want %q", column, l[column], want)
				}
			}
		})
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	srv := start(t)
	for level, want := range map[string]struct{ kinds, not string }{
		"itself":          {"partner", "Harbor Clinic"},
		"direct_partners": {"customer folder partner", "Birch Bakery"},
		"all_partners":    {"folder partner", "Harbor Clinic"},
		"all_customers":   {"customer folder partner", "Radiology"},
		"accounts":        {"customer folder partner unit", "Summit Dental"},
	} {
		t.Run(level, func(t *testing.T) {
			t.Parallel()
			one := &server{srv.Server, srv.acme.In(t), srv.root.In(t), srv.token}
			var kinds []string
			for _, l := range lines(t, one.file(t, "csv_v2_0", body(apitest.Acme, obj{"parameters": obj{"level": level}}))) {
				if !slices.Contains(kinds, l["tenant.kind"]) {
					kinds = append(kinds, l["tenant.kind"])
				}
				if l["tenant.name"] == want.not {
					t.Fatalf("%s is on the report", want.not)
				}
			}
			slices.Sort(kinds)
			if got := strings.Join(kinds, " "); got != want.kinds {
				t.Errorf("kinds of tenants: %s, want %s", got, want.kinds)
			}
		})
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	srv := start(t)
	all := lines(t, srv.file(t, "csv_v2_0", body(apitest.Harbor, nil)))
	used := lines(t, srv.file(t, "csv_v2_0", body(apitest.Harbor, obj{"parameters": obj{"hide_zero_usage": true}})))
	if len(used) == 0 || len(used) >= len(all) {
		t.Errorf("%d lines are used, of %d", len(used), len(all))
	}
	for _, l := range used {
		if l["usage.absolute.total"] == "0" && l["usage.effective.total"] == "0" && l["usage.delta.total"] == "0" {
			t.Errorf("a line without usage is shown: %v", l)
		}
	}
	file := srv.file(t, "csv_v2_0", body(apitest.Harbor, obj{"parameters": obj{"show_skus": true}}))
	if first, _, _ := strings.Cut(file, "\n"); first != header+",sku" {
		t.Errorf("with SKUs the header is %s", first)
	}
}

func TestTheKindByTheDay(t *testing.T) {
	t.Parallel()
	srv := start(t)
	b := body(apitest.Harbor, obj{"parameters": obj{
		"kind": "usage_daily", "level": "itself", "period": obj{"start": srv.day(-2), "end": srv.day(0)},
	}})
	var dates []string
	for _, l := range lines(t, srv.file(t, "csv_v2_0", b)) {
		if l["name"] == "vms" {
			dates = append(dates, l["date"])
		}
	}
	if diff := cmp.Diff([]string{srv.day(-2), srv.day(-1), srv.day(0)}, dates); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
}

func TestJSONv2HasTheSameData(t *testing.T) {
	t.Parallel()
	srv := start(t)
	b := body(apitest.Acme, obj{"parameters": obj{"level": "all_customers"}})
	table := lines(t, srv.file(t, "csv_v2_0", b))
	var file struct {
		Params  obj
		Tenants []struct {
			Tenant struct{ ID, Kind, Name string }
			Usages []struct {
				Name    string
				IsRange bool `json:"is_range"`
				Edition *string
				Infra   struct{ ID *string }
				Quota   struct{ Value *int64 }
				Usage   struct{ Effective struct{ Total int64 } }
			}
		}
	}
	if err := json.Unmarshal([]byte(srv.file(t, "json_v2_0", b)), &file); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, on := range file.Tenants {
		for _, u := range on.Usages {
			l := table[n]
			n++
			same := l["tenant.id"] == on.Tenant.ID && l["tenant.name"] == on.Tenant.Name && l["name"] == u.Name &&
				l["usage.effective.total"] == strconv.FormatInt(u.Usage.Effective.Total, 10) && (l["is_range"] == "True") == u.IsRange &&
				(l["edition"] == "") == (u.Edition == nil) && (l["infra.id"] == "") == (u.Infra.ID == nil) && (l["quota.value"] == "") == (u.Quota.Value == nil)
			if !same {
				t.Fatalf("usage %d differs: %+v of %+v against %v", n, u, on.Tenant, l)
			}
		}
	}
	if n != len(table) || n == 0 {
		t.Errorf("%d usages, the table has %d lines", n, len(table))
	}
	p := file.Params
	if p["kind"] != "usage_current" || p["report_level"] != 2.0 || p["report_type"] != 8.0 || p["name"] != "Acme MSP" || p["group_id"].(float64) < 1 ||
		p["begin_date"].(float64) > p["end_date"].(float64) || p["end_date"].(float64) > p["gen_date"].(float64) {
		t.Errorf("params are %v", p)
	}
}

func TestTheOtherFormats(t *testing.T) {
	t.Parallel()
	srv := start(t)
	srv.Partner().Post("/tenants", obj{"name": `Quay <b>& "Optics", Ltd`, "kind": "customer", "parent_id": apitest.Acme}).Want(201)
	b := body(apitest.Acme, nil)
	n := len(lines(t, srv.file(t, "csv_v2_0", b)))
	var flat struct{ Usages []map[string]any }
	if err := json.Unmarshal([]byte(srv.file(t, "json_v1", b)), &flat); err != nil {
		t.Fatal(err)
	}
	if len(flat.Usages) != n || len(flat.Usages[0]) != strings.Count(header, ",")+1 {
		t.Errorf("json_v1 has %d usages of %d members", len(flat.Usages), len(flat.Usages[0]))
	}
	table := lines(t, srv.file(t, "csv", b))
	if len(table) != n {
		t.Errorf("csv has %d lines, want %d", len(table), n)
	}
	for _, l := range table {
		if l["Item"] == "compute_points" && l["Tenant"] == "Harbor Clinic" && (l["Usage"] != "2" || l["Unit"] != "hours") {
			t.Errorf("compute points are not in hours: %v", l)
		}
	}
	page := srv.file(t, "html", b)
	if got := strings.Count(page, "<tr>") - 1; got != n {
		t.Errorf("html has %d rows, want %d", got, n)
	}
	if regexp.MustCompile(`<b>`).MatchString(page) {
		t.Error("a name is not escaped")
	}
}

func TestReportsOnWhatHasNothing(t *testing.T) {
	t.Parallel()
	srv := start(t)
	for _, format := range []string{"csv", "html", "json_v1", "csv_v2_0", "json_v2_0"} {
		id := srv.Partner().Post("/tenants", obj{"name": "Empty " + format, "kind": "customer", "parent_id": apitest.Acme}).Want(201).Text("/id")
		if file := srv.file(t, format, body(id, nil)); file == "" {
			t.Errorf("%s of a tenant without items is empty", format)
		}
	}
	if file := srv.file(t, "csv_v2_0", body(radiology, obj{"parameters": obj{"level": "all_partners"}})); !strings.HasPrefix(file, header) {
		t.Errorf("a report on a unit is %s", file)
	}
}
