package reportfile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/reportfile"
	"github.com/tenantry/tenantry/mock/model"
)

// run is a report on one partner with the given lines.
func run(lines ...model.ReportLine) *model.ReportRun {
	return &model.ReportRun{
		At: time.Date(2026, 3, 4, 10, 58, 53, 0, time.UTC), Kind: model.UsageCurrent, Level: model.LevelItself,
		Period: model.Period{Start: "2026-03-01", End: "2026-03-03"}, Group: 7, Name: "Acme",
		Tenants: []model.ReportTenant{{
			ID: "a0000000-0000-4000-8000-000000000001", Kind: model.Partner, Name: "Acme, <Inc>", Mode: model.Production, Currency: model.Ptr("USD"), Lines: lines,
		}},
	}
}

func of(name model.OfferingName, price string, f model.Figures) model.ReportLine {
	return model.ReportLine{
		ItemRef: model.ItemRef{App: model.AppBackup, Name: name}, Date: "2026-03-03", Edition: "standard", Price: price, Production: f,
	}
}

func file(t *testing.T, r *model.ReportRun, format string) string {
	t.Helper()
	content, err := reportfile.Make(r, format)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestTheBytesOfEachFormat(t *testing.T) {
	t.Parallel()
	r := run(of("workstations", "", model.Figures{}), of("compute_points", "1.25", model.Figures{Absolute: 9000, Delta: 5400, Effective: 5400}))
	for format, want := range map[string][]string{
		model.FormatCSVv2: {
			"6e6d758d-8e74-3ae3-ac84-50eb0dff12eb,backup,2026-03-03,,,,,False,,workstations,,,,,,,a0000000-0000-4000-8000-000000000001,partner,\"Acme, <Inc>\",0,0,0,0,0,0,0,0,0,standard\n",
			",True,seconds,compute_points,USD,production,1.25,1.88,,,",
			",9000,9000,0,5400,5400,0,5400,5400,0,standard\n",
		},
		model.FormatJSONv2: {
			`"params":{"kind":"usage_current","gen_date":1772621933,"begin_date":1772323200,"end_date":1772496000,"group_id":7,"name":"Acme","report_level":0,"report_type":8}`,
			`"tenant":{"customer_id":null,"id":"a0000000-0000-4000-8000-000000000001","kind":"partner","name":"Acme, <Inc>"}`,
			`"usage":{"absolute":{"production":9000,"total":9000,"trial":0},"delta":{"production":5400,"total":5400,"trial":0},"effective":{"production":5400,"total":5400,"trial":0}}`,
			`"infra":{"backend_type":null,"id":null,"name":null,"owner_id":null}`,
		},
		model.FormatJSON: {`"is_range":true,"measurement_unit":"seconds","name":"compute_points","pricing.currency":"USD"`},
		model.FormatCSV:  {"\"Acme, <Inc>\",partner,Backup,compute_points,standard,,2026-03-03,1.50,0,hours,,1.25,USD,1.88\n"},
		model.FormatHTML: {"<td>Acme, &lt;Inc&gt;</td>", "<td>1.50</td>", "<p>2026-03-01 to 2026-03-03</p>"},
	} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			got := file(t, r, format)
			for _, part := range want {
				if !strings.Contains(got, part) {
					t.Errorf("the file lacks\n%s\nin\n%s", part, got)
				}
			}
			if diff := cmp.Diff(got, file(t, r, format)); diff != "" {
				t.Errorf("the second file differs:\n%s", diff)
			}
		})
	}
	if _, err := reportfile.Make(r, "pdf"); err == nil {
		t.Error("a file of an unknown format is written")
	}
}

func TestCosts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		item  model.OfferingName
		price string
		used  int64
		want  string
	}{
		"for each piece":              {"vms", "4.5", 9, "40.50"},
		"for each gibibyte":           {"vm_storage", "0.05", 3 << 30, "0.15"},
		"for each hour":               {"compute_points", "2", 1800, "1.00"},
		"to the cent":                 {"vms", "0.333", 10, "3.33"},
		"of nothing":                  {"vms", "4.5", 0, "0.00"},
		"of more than a number has":   {"vms", "1000000000000000000", 1 << 40, "1099511627776000000000000000000.00"},
		"none without a price at all": {"vms", "", 9, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows := strings.Split(file(t, run(of(tt.item, tt.price, model.Figures{Effective: tt.used})), model.FormatCSVv2), "\n")
			if got := strings.Split(rows[1], ",")[13]; got != tt.want {
				t.Errorf("%d of %s at %q cost %q, want %q", tt.used, tt.item, tt.price, got, tt.want)
			}
		})
	}
}
