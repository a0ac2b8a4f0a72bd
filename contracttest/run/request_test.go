package run_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
)

func TestBodiesAreMadeInTheFormOfTheirMediaType(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ step, want, media string }{
		"JSON":                      {`operationId: createThing, requestBody: {payload: {name: x, n: 1.50, z: null}}`, `{"n":1.50,"name":"x","z":null}`, "application/json"},
		"JSON with replacements":    {`operationId: createThing, requestBody: {payload: {name: x, a: [1, {b: 2}]}, replacements: [{target: /a/1/b, value: $sourceDescriptions.api.url}, {target: /new, value: [3]}]}`, `{"a":[1,{"b":"URL"}],"name":"x","new":[3]}`, "application/json"},
		"JSON as it is written":     {`operationId: createThing, requestBody: {payload: '{ "name": "{$sourceDescriptions.api.url}" }'}`, `{ "name": "URL" }`, "application/json"},
		"what is no JSON":           {`operationId: createThing, requestBody: {payload: '{ "name'}, successCriteria: [{condition: $statusCode == 400}]`, `{ "name`, "application/json"},
		"a form":                    {`operationId: issueToken, requestBody: {payload: {a: 'x y', n: 1, list: [b, c], none: null}}`, `a=x+y&list=b&list=c&n=1`, "application/x-www-form-urlencoded"},
		"bytes":                     {`operationId: issueToken, requestBody: {contentType: image/png, payload: 'data:image/png;base64,AAEC'}`, "\x00\x01\x02", "image/png"},
		"a text":                    {`operationId: issueToken, requestBody: {contentType: text/plain, payload: hello}`, "hello", "text/plain"},
		"a media type of its own":   {`operationId: createThing, requestBody: {payload: {name: x}}, parameters: [{name: content-type, in: header, value: text/csv}]`, `{"name":"x"}`, "text/csv"},
		"a JSON text of expression": {`operationId: createThing, requestBody: {payload: $sourceDescriptions.api.url}, successCriteria: [{condition: $statusCode == 400}]`, `"URL"`, "application/json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			rep := steps(t, s, "- {stepId: a, "+tt.step+"}")
			if rep.Verdict != report.Pass || len(s.bodies) != 1 {
				t.Fatalf("the report is\n%s", told(rep))
			}
			if diff := cmp.Diff(strings.ReplaceAll(tt.want, "URL", s.URL), s.bodies[0]); diff != "" {
				t.Errorf("the body (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.media, s.headers[0].Get("Content-Type")); diff != "" {
				t.Errorf("the media type (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParametersStandInTheirPlaces(t *testing.T) {
	t.Parallel()
	s := open(t)
	cfg := config(t, s, oneFlow(`
- stepId: a
  operationId: getThing
  parameters:
    - {name: id, in: path, value: 'a/b c'}
    - {name: X-One, in: header, value: 1}
    - {name: X-None, in: header, value: null}
    - {name: sid, in: cookie, value: s1}
    - {name: lang, in: cookie, value: en}
    - {name: extra, in: query, value: [a, 1], x-undeclared: true}
  successCriteria:
    - condition: $request.path.id == 'a/b c' && $request.query.extra == 'a,1' && $request.header.x-one == 1 && $statusCode == 404
    - {context: $url, type: regex, condition: 'things/a%2Fb%20c\?extra=a%2C1$'}
`))
	cfg.Target.BaseURL += "/api/2/"
	cfg.Target.Header = http.Header{"X-One": {"0"}, "X-Two": {"2"}}
	rep := run.Run(t.Context(), cfg)
	if rep.Verdict != report.Pass {
		t.Fatalf("the report is\n%s", told(rep))
	}
	got := []string{s.requests[0], s.headers[0].Get("X-One"), s.headers[0].Get("X-Two"), s.headers[0].Get("Cookie"), s.headers[0].Get("X-None")}
	if diff := cmp.Diff([]string{"GET /things/a%2Fb%20c?extra=a%2C1", "1", "2", "sid=s1; lang=en", ""}, got); diff != "" {
		t.Errorf("the request (-want +got):\n%s", diff)
	}
}

func TestARequestThatCannotBeMadeIsAnError(t *testing.T) {
	t.Parallel()
	for step, want := range map[string]string{
		`operationId: getThing, parameters: [{name: id, in: path, value: null}]`:                                       "parameter id: a part of a path must not be empty",
		`operationId: listThings, parameters: [{name: X, in: header, value: "a\nb"}]`:                                  "parameter X: a header holds no line breaks",
		`operationId: listThings, parameters: [{name: ids, in: query, value: $steps.a.outputs.b}], outputs: {b: $url}`: "parameter ids: $steps.a.outputs.b has no value",
		`operationId: createThing, requestBody: {payload: {}, replacements: [{target: /a/b, value: 1}]}`:               "requestBody: replacement /a/b: the payload has no such place",
		`operationId: issueToken, requestBody: {payload: [a]}`:                                                         "requestBody: the payload of a form must be an object, not a list",
		`operationId: issueToken, requestBody: {contentType: text/plain, payload: [a]}`:                                "requestBody: a payload of text/plain must be a text, not a list",
	} {
		s := open(t)
		rep := steps(t, s, "- {stepId: a, "+step+"}")
		if len(s.requests) != 0 {
			t.Errorf("%s: %v was sent", step, s.requests)
		}
		wantTold(t, rep, "file error\n  a error\n    error setup: "+want+"\n")
	}
}
