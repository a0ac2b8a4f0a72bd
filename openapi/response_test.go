package openapi_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi"
)

func TestResponses(t *testing.T) {
	t.Parallel()
	d := parse(t, small)
	const json = "application/json; charset=utf-8"
	for name, tt := range map[string]struct {
		op          string
		status      int
		contentType string
		body        string
		want        []string
	}{
		"as documented":                   {"createUser", 200, json, `{"id":"x","version":1,"login":"a"}`, nil},
		"by reference, all the way down":  {"createUser", 200, json, `{"id":"x","version":1,"login":"a","manager":{"id":"x","version":1,"login":"b","manager":null}}`, nil},
		"a part of the schema is broken":  {"createUser", 200, json, `{"id":"x","login":"a","manager":{"id":5,"version":1,"login":"b"}}`, []string{"violation: body /manager/id must be a string, not a number", "violation: body /version is required"}},
		"a member that is not documented": {"createUser", 200, json, `{"id":"x","version":1,"login":"a","extra":1}`, []string{"note: body /extra is not documented"}},
		"one that is not allowed":         {"issueToken", 200, json, `{"token":"x","extra":1}`, []string{"violation: body /extra is not allowed here"}},
		"nothing is ironed out":           {"issueToken", 200, json, `{"token":"x","expires_on":"1"}`, []string{"violation: body /expires_on must be an integer, not a string"}},
		"an integer with a fraction":      {"issueToken", 200, json, `{"token":"x","expires_on":1.0}`, []string{"deviation: body /expires_on is an integer written with a fraction or an exponent"}},
		"an item of a list":               {"listUsers", 200, json, `{"items":[{"id":"x","version":1,"login":"a"},null]}`, []string{"violation: body /items/1 must not be null"}},
		"a member twice":                  {"issueToken", 200, json, `{"token":"x","token":"y"}`, []string{`violation: body has the member "token" twice in one object`}},
		"bytes after the value":           {"issueToken", 200, json, `{"token":"x"}{}`, []string{"violation: body is not valid JSON: line 1, column 14: expected the end of the body, found '{'"}},
		"no JSON":                         {"issueToken", 200, json, `<html>`, []string{"violation: body is not valid JSON: line 1, column 1: expected a value, found '<'"}},
		"no body":                         {"issueToken", 200, json, ``, []string{"violation: body must not be empty"}},
		"another media type":              {"issueToken", 200, "text/html", `{"token":"x"}`, []string{`violation: header Content-Type must be application/json, is "text/html"`}},
		"no media type":                   {"issueToken", 200, "", `{"token":"x"}`, []string{`violation: header Content-Type must be application/json, is ""`}},
		"a range of media types":          {"uploadLogo", 201, "text/html", `<p>`, nil},
		"204 is empty":                    {"deleteUser", 204, "", ``, nil},
		"204 with a body":                 {"deleteUser", 204, "", `{}`, []string{"violation: body must be empty"}},
		"a success without a body":        {"updateUser", 200, "", ``, nil},
		"a body that is not wanted":       {"updateUser", 200, json, `{}`, []string{"violation: body must be empty"}},
		"an error of the table":           {"listUsers", 401, json, `{"error":{}}`, nil},
		"an error of a class":             {"createUser", 418, json, `{"error":{}}`, nil},
		"a flat error":                    {"issueToken", 400, json, `{"error":"invalid_grant"}`, nil},
		"an envelope for a flat error":    {"issueToken", 400, json, `{"error":{}}`, []string{"violation: body /error must be a string, not an object"}},
		"an error by default":             {"listUsers", 409, json, `{"error":1}`, []string{"note: status 409 is not in the operation's table", "violation: body /error must be an object, not a number"}},
		"an error without a default":      {"deleteUser", 500, json, `{}`, []string{"violation: status 500 is not in the operation's table"}},
		"a success that is not there":     {"listUsers", 201, json, `{}`, []string{"violation: status 201 is not in the operation's table"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			if tt.contentType != "" {
				header.Set("Content-Type", tt.contentType)
			}
			got := operation(t, d, tt.op).CheckResponse(tt.status, header, []byte(tt.body))
			if diff := cmp.Diff(tt.want, lines(got)); diff != "" {
				t.Errorf("CheckResponse (-want +got):\n%s", diff)
			}
		})
	}
}

func TestResponseFindingsDeserveNoStatus(t *testing.T) {
	t.Parallel()
	for _, f := range operation(t, parse(t, small), "listUsers").CheckResponse(200, nil, []byte(`{}`)) {
		if f.Status != 0 {
			t.Errorf("%v has status %d, want none", f, f.Status)
		}
	}
}

func TestSeveritiesReadAsWords(t *testing.T) {
	t.Parallel()
	got := []string{openapi.Note.String(), openapi.Deviation.String(), openapi.Violation.String(), openapi.Severity(9).String()}
	if diff := cmp.Diff([]string{"note", "deviation", "violation", "severity 9"}, got); diff != "" {
		t.Errorf("String (-want +got):\n%s", diff)
	}
}
