package openapi_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/openapi"
)

// An example is one answer of the embedded document, with the verdict of kin-openapi
// at hand.
type example struct {
	op     *openapi.Operation
	status int // 599 stands for the default
	body   []byte
	kin    *openapi3.Schema
}

func loaded(tb testing.TB) *openapi.Document {
	tb.Helper()
	d, err := openapi.Load()
	if err != nil {
		tb.Fatalf("Load = %v", err)
	}
	return d
}

// examples collects the JSON answers that the document shows.
func examples(tb testing.TB) []example {
	tb.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(openapi.YAML())
	if err != nil {
		tb.Fatalf("load the document with kin-openapi: %v", err)
	}
	d := loaded(tb)
	var list []example
	for _, item := range doc.Paths.Map() {
		for _, o := range item.Operations() {
			op := operation(tb, d, o.OperationID)
			for key, response := range o.Responses.Map() {
				list = append(list, shown(tb, op, key, response.Value.Content.Get("application/json"))...)
			}
		}
	}
	return list
}

func shown(tb testing.TB, op *openapi.Operation, key string, media *openapi3.MediaType) []example {
	tb.Helper()
	if media == nil || media.Schema == nil {
		return nil
	}
	values := []any{}
	if media.Example != nil {
		values = append(values, media.Example)
	}
	for _, e := range media.Examples {
		values = append(values, e.Value.Value)
	}
	status, err := strconv.Atoi(key)
	if err != nil {
		status = 599
	}
	var list []example
	for _, v := range values {
		body, err := json.Marshal(v)
		if err != nil {
			tb.Fatalf("encode the example of %s %s: %v", op.ID, key, err)
		}
		list = append(list, example{op, status, body, media.Schema.Value})
	}
	return list
}

var jsonHeader = http.Header{"Content-Type": {"application/json"}}

func TestEveryExampleOfTheDocumentPasses(t *testing.T) {
	t.Parallel()
	all := examples(t)
	if len(all) < 88 {
		t.Fatalf("%d examples, want one for each operation at least", len(all))
	}
	for _, e := range all {
		for _, f := range e.op.CheckResponse(e.status, jsonHeader, e.body) {
			if f.Severity != openapi.Note {
				t.Errorf("%s %d: %s: %v in %s", e.op.ID, e.status, f.Severity, f, e.body)
			}
		}
	}
}

func TestVerdictsOnSpoiledExamplesAgreeWithKin(t *testing.T) {
	t.Parallel()
	all := examples(t)
	rapid.Check(t, func(t *rapid.T) {
		e := all[rapid.IntRange(0, len(all)-1).Draw(t, "example")]
		v := spoil(t, floats(t, e.body))
		body, err := json.Marshal(v)
		if err != nil {
			t.Fatalf("encode: %v", err)
		}
		got := e.op.CheckResponse(e.status, jsonHeader, body)
		if want := e.kin.VisitJSON(v); refused(got) != (want != nil) {
			t.Fatalf("%s %d: CheckResponse(%s) = %v, kin says %v", e.op.ID, e.status, body, lines(got), want)
		}
	})
}

// spoil changes, drops or adds one thing somewhere in a value.
func spoil(t *rapid.T, v any) any {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 || rapid.IntRange(0, 4).Draw(t, "add") == 0 {
			v["added"] = 1.0
			return v
		}
		name := rapid.SampledFrom(keys(v)).Draw(t, "member")
		if rapid.IntRange(0, 3).Draw(t, "drop") == 0 {
			delete(v, name)
			return v
		}
		v[name] = spoil(t, v[name])
		return v
	case []any:
		if len(v) > 0 {
			i := rapid.IntRange(0, len(v)-1).Draw(t, "item")
			v[i] = spoil(t, v[i])
			return v
		}
	}
	return rapid.SampledFrom([]any{nil, "", "x", "2020-02-29T10:00:00Z", 0.0, 1.0, -1.0, 0.5, true, []any{}, []any{"x"}, map[string]any{}}).Draw(t, "value")
}

func TestEveryOperationOfTheEmbeddedDocumentIsWhole(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	if again := loaded(t); again != d {
		t.Error("Load parses the document twice")
	}
	documented := 0
	for _, o := range d.Operations() {
		if !o.Undocumented {
			documented++
		}
		if o.Summary == "" || len(o.Tags) != 1 || len(o.Bases) == 0 || o.Source == "" {
			t.Errorf("%s lacks a summary, its tag, a base or a source: %+v", o.ID, o)
		}
		if s := o.Security; s.Public == (s.Bearer || s.Basic || s.Cookie) {
			t.Errorf("%s is neither public nor takes a credential, or both: %+v", o.ID, s)
		}
	}
	if documented != 88 {
		t.Errorf("%d operations of the reference, want 88", documented)
	}
}

func TestFlatErrorsOfTheEmbeddedDocument(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	got := map[string]bool{}
	for _, o := range d.Operations() {
		if o.FlatError(http.StatusBadRequest) {
			got[o.ID] = true
		}
	}
	want := map[string]bool{
		"issueToken": true, "revokeToken": true, "authorizeDevice": true,
		"getDeviceApproval": true, "approveDevice": true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations with flat errors (-want +got):\n%s", diff)
	}
}
