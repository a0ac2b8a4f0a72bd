package reportfile

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// params is what the JSON formats say of the report itself (wire facts, idp 8.3): dates in seconds since 1970.
type params struct {
	Kind   string `json:"kind"`
	Gen    int64  `json:"gen_date"`
	Begin  int64  `json:"begin_date"`
	End    int64  `json:"end_date"`
	Group  int64  `json:"group_id"`
	Name   string `json:"name"`
	Level  int    `json:"report_level"`
	Report int    `json:"report_type"`
}

// The numbers of levels and kinds. Those of itself and of usage_breakdown are not published: they are ours.
var (
	levelNumbers = map[string]int{
		model.LevelItself: 0, model.LevelDirect: 1, model.LevelCustomers: 2, model.LevelAccounts: 3, model.LevelPartners: 4,
	}
	kindNumbers = map[string]int{
		model.UsageDaily: 4, model.UsageSummary: 5, model.UsageBreakdown: 6, model.UsageCurrent: 8,
	}
)

func paramsOf(run *model.ReportRun) params {
	begin, _ := model.ParseDay(run.Period.Start)
	end, _ := model.ParseDay(run.Period.End)
	return params{
		Kind: run.Kind, Gen: run.At.Unix(), Begin: begin.Unix(), End: end.Unix(), Group: run.Group, Name: run.Name,
		Level: levelNumbers[run.Level], Report: kindNumbers[run.Kind],
	}
}

type object = map[string]any

// nestedJSON is the format json_v2_0: the usages of each tenant, with the dotted names of csv_v2_0 as nested members.
func nestedJSON(run *model.ReportRun) ([]byte, error) {
	tenants := []object{}
	for i := range run.Tenants {
		t := &run.Tenants[i]
		usages := []object{}
		for j := range t.Lines {
			usage := object{}
			fillIn(usage, run, record{t, &t.Lines[j]}, func(name string) bool { return !strings.HasPrefix(name, "tenant.") })
			usages = append(usages, usage)
		}
		out := object{"usages": usages}
		fillIn(out, run, record{t, &model.ReportLine{}}, func(name string) bool { return strings.HasPrefix(name, "tenant.") })
		tenants = append(tenants, out)
	}
	return encode(object{"params": paramsOf(run), "tenants": tenants})
}

// fillIn writes the columns that are wanted into nested objects.
func fillIn(into object, run *model.ReportRun, r record, want func(name string) bool) {
	for _, c := range columnsOf(run) {
		if !want(c.name) {
			continue
		}
		path := strings.Split(c.name, ".")
		at := into
		for _, step := range path[:len(path)-1] {
			if _, ok := at[step]; !ok {
				at[step] = object{}
			}
			at = at[step].(object)
		}
		at[path[len(path)-1]] = c.value(r)
	}
}

// flatJSON is the format json_v1: a list of usages with the dotted names of csv_v2_0.
func flatJSON(run *model.ReportRun) ([]byte, error) {
	usages := []object{}
	for _, r := range records(run) {
		usage := object{}
		for _, c := range columnsOf(run) {
			usage[c.name] = c.value(r)
		}
		usages = append(usages, usage)
	}
	return encode(object{"params": paramsOf(run), "usages": usages})
}

// encode is one line of JSON with names as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
