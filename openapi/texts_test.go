package openapi_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi"
)

func TestQueryParameters(t *testing.T) {
	t.Parallel()
	d := parse(t, small)
	for name, tt := range map[string]struct {
		op, query string
		mode      openapi.Mode
		bound     url.Values
		want      []string
	}{
		"nothing is nothing":                {"listUsers", "", openapi.Strict, nil, nil},
		"the spellings of a boolean":        {"listUsers", "allow_deleted=True", openapi.Strict, url.Values{"allow_deleted": {"true"}}, nil},
		"1 and 0 among them":                {"listUsers", "allow_deleted=0", openapi.Strict, url.Values{"allow_deleted": {"false"}}, nil},
		"an integer in plain digits":        {"listUsers", "limit=%2B007", openapi.Strict, url.Values{"limit": {"7"}}, nil},
		"a number":                          {"listUsers", "share=0.50", openapi.Strict, url.Values{"share": {"0.50"}}, nil},
		"a comma list in a string":          {"listUsers", "uuids=" + id + "," + id, openapi.Strict, url.Values{"uuids": {id + "," + id}}, nil},
		"a list between commas":             {"listUsers", "kinds=root,unit", openapi.Strict, url.Values{"kinds": {"root", "unit"}}, nil},
		"a list by repetition":              {"listUsers", "kinds=root&kinds=unit", openapi.Strict, url.Values{"kinds": {"root", "unit"}}, nil},
		"the token goes with any operation": {"listUsers", "access_token=x", openapi.Strict, nil, nil},
		"no boolean":                        {"listUsers", "allow_deleted=yes", openapi.Enforce, url.Values{"allow_deleted": {"yes"}}, []string{"violation: query allow_deleted must be true or false"}},
		"no integer":                        {"listUsers", "limit=1.0", openapi.Enforce, url.Values{"limit": {"1.0"}}, []string{"violation: query limit must be an integer"}},
		"no number":                         {"listUsers", "share=NaN", openapi.Enforce, url.Values{"share": {"NaN"}}, []string{"violation: query share must be a number"}},
		"too small":                         {"listUsers", "limit=0", openapi.Enforce, url.Values{"limit": {"0"}}, []string{"violation: query limit must be at least 1"}},
		"on an excluded bound":              {"listUsers", "share=0", openapi.Enforce, url.Values{"share": {"0"}}, []string{"violation: query share must be more than 0"}},
		"outside the enumeration":           {"listUsers", "lod=all", openapi.Enforce, url.Values{"lod": {"all"}}, []string{`violation: query lod must be one of "stamps", "basic", "full"`}},
		"an item outside the enumeration":   {"listUsers", "kinds=root,x", openapi.Enforce, url.Values{"kinds": {"root", "x"}}, []string{`violation: query kinds must be one of "root", "unit"`}},
		"no UTF-8":                          {"listUsers", "lod=%ff", openapi.Enforce, url.Values{"lod": {"\xff"}}, []string{"violation: query lod must be valid UTF-8"}},
		"an empty string is a value":        {"listUsers", "lod=", openapi.Enforce, url.Values{"lod": {""}}, []string{`violation: query lod must be one of "stamps", "basic", "full"`}},
		"an empty integer is absent":        {"listUsers", "limit=", openapi.Enforce, nil, []string{"deviation: query limit is empty and taken as absent"}},
		"and refused by strict mode":        {"listUsers", "limit=", openapi.Strict, nil, []string{"violation: query limit is empty and taken as absent"}},
		"a parameter given twice":           {"listUsers", "limit=2&limit=3", openapi.Enforce, url.Values{"limit": {"2"}}, []string{"deviation: query limit is given more than once; the first one counts"}},
		"an unknown parameter is noted":     {"listUsers", "x=1", openapi.Enforce, nil, []string{"deviation: query x is not documented"}},
		"and refused by strict mode too":    {"listUsers", "x=1", openapi.Strict, nil, []string{"violation: query x is not documented"}},
		"a missing parameter":               {"deleteUser", "", openapi.Enforce, nil, []string{"violation: query version is required"}},
		"an empty one is as good as none": {"deleteUser", "version=", openapi.Enforce, nil, []string{
			"deviation: query version is empty and taken as absent",
			"violation: query version is required",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			query, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			got := operation(t, d, tt.op).CheckRequest(&openapi.Request{Query: query}, tt.mode)
			if diff := cmp.Diff(tt.want, lines(got.Findings)); diff != "" {
				t.Errorf("Findings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.bound, got.Query); diff != "" {
				t.Errorf("Query (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	d := parse(t, small)

	t.Run("documented ones are judged", func(t *testing.T) {
		t.Parallel()
		got := operation(t, d, "listUsers").CheckRequest(&openapi.Request{Header: http.Header{"X-Trace": {"x"}}}, openapi.Enforce)
		if diff := cmp.Diff([]string{"violation: header X-Trace must be an integer"}, lines(got.Findings)); diff != "" {
			t.Errorf("Findings (-want +got):\n%s", diff)
		}
	})
	t.Run("but neither credentials nor what the transport sees to", func(t *testing.T) {
		t.Parallel()
		got := operation(t, d, "uploadLogo").CheckRequest(&openapi.Request{
			Header: http.Header{"Authorization": {"Bearer x"}}, ContentType: "image/png", Body: []byte("x"),
		}, openapi.Strict)
		if len(got.Findings) > 0 || string(got.Body) != "x" {
			t.Errorf("CheckRequest = %q, %v, want no finding", got.Body, lines(got.Findings))
		}
	})
}

func TestForms(t *testing.T) {
	t.Parallel()
	o := operation(t, parse(t, small), "issueToken")
	for name, tt := range map[string]struct {
		body  string
		bound url.Values
		want  []string
	}{
		"members bind as they are":  {"grant_type=password&code_verifier=abc", url.Values{"grant_type": {"password"}, "code_verifier": {"abc"}}, nil},
		"a boolean":                 {"grant_type=password&nri=1", url.Values{"grant_type": {"password"}, "nri": {"true"}}, nil},
		"a list by repetition":      {"grant_type=password&scope=a:b&scope=c", url.Values{"grant_type": {"password"}, "scope": {"a:b", "c"}}, nil},
		"a list between blanks":     {"grant_type=password&scope=a+b", url.Values{"grant_type": {"password"}, "scope": {"a", "b"}}, nil},
		"an empty member is absent": {"grant_type=password&nri=&scope=", url.Values{"grant_type": {"password"}}, nil},
		"a missing member":          {"nri=true", url.Values{"nri": {"true"}}, []string{"violation: body /grant_type is required"}},
		"an empty required one":     {"grant_type=", url.Values{}, []string{"violation: body /grant_type is required"}},
		"no body":                   {"", url.Values{}, []string{"violation: body /grant_type is required"}},
		"a value outside the list":  {"grant_type=magic", url.Values{"grant_type": {"magic"}}, []string{`violation: body /grant_type must be one of "password", "refresh_token"`}},
		"a pattern":                 {"grant_type=password&code_verifier=a", url.Values{"grant_type": {"password"}, "code_verifier": {"a"}}, []string{"violation: body /code_verifier must match the pattern ^[A-Za-z0-9]{3,5}$"}},
		"a member given twice":      {"grant_type=password&grant_type=x", url.Values{"grant_type": {"password"}}, []string{"deviation: body /grant_type is given more than once; the first one counts"}},
		"an unknown member stays":   {"grant_type=password&filter[0].rn=x", url.Values{"grant_type": {"password"}, "filter[0].rn": {"x"}}, []string{"deviation: body /filter[0].rn is not documented"}},
		"what is no form":           {"grant_type=password&x=%zz", url.Values{"grant_type": {"password"}}, []string{"violation: body is not a valid form: an escape or a separator is broken"}},
		"a value that is no UTF-8":  {"grant_type=%ff", url.Values{"grant_type": {"\xff"}}, []string{"violation: body /grant_type must be valid UTF-8"}},
		"a boolean that is none":    {"grant_type=password&nri=x", url.Values{"grant_type": {"password"}, "nri": {"x"}}, []string{"violation: body /nri must be true or false"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := o.CheckRequest(&openapi.Request{
				ContentType: "application/x-www-form-urlencoded;charset=utf-8", Body: []byte(tt.body),
			}, openapi.Enforce)
			if diff := cmp.Diff(tt.want, lines(got.Findings)); diff != "" {
				t.Errorf("Findings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.bound, got.Form); diff != "" {
				t.Errorf("Form (-want +got):\n%s", diff)
			}
		})
	}
}
