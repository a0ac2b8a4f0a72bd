package openapi_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi"
)

const (
	id       = "a0000000-0000-4000-8000-000000000001"
	required = `"tenant_id":"` + id + `","login":"ada"`
)

// lines renders findings for comparison: severity, status, then the finding itself.
func lines(findings []openapi.Finding) []string {
	var list []string
	for _, f := range findings {
		severity := f.Severity.String()
		if f.Status == http.StatusUnsupportedMediaType {
			severity += " 415"
		}
		list = append(list, severity+": "+f.String())
	}
	return list
}

func createUser(tb testing.TB, body string, mode openapi.Mode) *openapi.Checked {
	tb.Helper()
	o := operation(tb, parse(tb, small), "createUser")
	return o.CheckRequest(&openapi.Request{ContentType: "application/json", Body: []byte(body)}, mode)
}

func TestBodiesThatBreakTheDocument(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ body, want string }{
		"a missing member is named where it should be": {`{"login":"ada"}`, "body /tenant_id is required"},
		"so is one further down":                       {`{` + required + `,"contact":{}}`, "body /contact/email is required"},
		"a wrong type":                                 {`{` + required + `,"contact":"x"}`, "body /contact must be an object, not a string"},
		"a body of another type":                       {`[]`, "body must be an object, not an array"},
		"a body that is null":                          {`null`, "body must not be null"},
		"null where null is not allowed":               {`{` + required + `,"language":null}`, "body /language must not be null"},
		"a value outside the enumeration":              {`{` + required + `,"language":"fr"}`, `body /language must be one of "en", "de"`},
		"a pattern": {
			`{` + required + `,"contact":{"email":"x"}}`, `body /contact/email must match the pattern ^$|\S+@\S+`,
		},
		"a format":                            {`{` + required + `,"born":"2020-13-01"}`, "body /born must match the pattern"},
		"too short a string":                  {`{"tenant_id":"` + id + `","login":"éé"}`, "body /login must have at least 3 characters, has 2"},
		"too long a string":                   {`{"tenant_id":"` + id + `","login":"123456789"}`, "body /login must have at most 8 characters, has 9"},
		"too small a number":                  {`{` + required + `,"version":0}`, "body /version must be at least 1"},
		"too large a number":                  {`{` + required + `,"share":1.5}`, "body /share must be at most 1"},
		"a fraction for an integer":           {`{` + required + `,"version":1.5}`, "body /version must be an integer"},
		"an integer beyond 64 bits":           {`{` + required + `,"version":9223372036854775808}`, "body /version does not fit into 64 bits"},
		"a number beyond all":                 {`{` + required + `,"share":1e999}`, "body /share is out of the range of numbers"},
		"no boolean":                          {`{` + required + `,"enabled":"yes"}`, "body /enabled must be a boolean, not a string"},
		"an item of a list":                   {`{` + required + `,"contact":{"email":"","types":["legal","x"]}}`, `body /contact/types/1 must be one of "legal", "billing"`},
		"too short a list":                    {`{` + required + `,"contact":{"email":"","types":[]}}`, "body /contact/types must have at least 1 item, has 0"},
		"too long a list":                     {`{` + required + `,"notifications":["a","b","c","d"]}`, "body /notifications must have at most 3 items, has 4"},
		"an item twice":                       {`{` + required + `,"notifications":["a","a"]}`, "body /notifications must not hold an item twice"},
		"a pointer escapes slash and tilde":   {`{` + required + `,"contact":{"email":"","a/b~c":1}}`, "body /contact/a~1b~0c must be a string, not a number"},
		"a free member of the wrong type":     {`{` + required + `,"labels":{"x":1}}`, "body /labels/x must be a string, not a number"},
		"an unknown member of a closed one":   {`{` + required + `,"strict":{"b":1}}`, "body /strict/b is not allowed here"},
		"none of several types":               {`{` + required + `,"either":"x"}`, "body /either must be a boolean or an object, not a string"},
		"within the one form of that type":    {`{` + required + `,"either":{}}`, "body /either/n is required"},
		"nothing at all":                      {``, "body is required"},
		"only blanks":                         {" \n", "body is required"},
		"bytes after the value":               {`{` + required + `} x`, `body is not valid JSON: line 1, column 68: expected the end of the body, found 'x'`},
		"a comma too many":                    {"{\n \"login\": \"ada\",\n}", `line 3, column 1: expected a member's name in double quotes, found '}'`},
		"an end too early":                    {`{"login":"ada"`, `column 15: expected "," or "}", found the end of the body`},
		"an open string":                      {`{"login":"ada`, "expected the closing quote of a string"},
		"a control character in a string":     {"{\"login\":\"a\nb\"}", "expected a string without control characters"},
		"an escape that is none":              {`{"login":"\x"}`, "expected a string with valid escapes"},
		"no colon":                            {`{"login" 1}`, `expected ":"`},
		"columns are characters":              {`{"é":"é" x}`, `column 10: expected "," or "}", found 'x'`},
		"bytes that are no UTF-8":             {"{\"login\":\"a\xff\"}", "expected valid UTF-8"},
		"a number with a leading zero":        {`{"version":01}`, `expected "," or "}"`},
		"a list that is nested without end":   {strings.Repeat("[", 100_000), "body is nested more than 200 levels deep"},
		"a misspelled literal":                {`{"enabled":tru}`, "expected a value, found 't'"},
		"a minus alone":                       {`{"version":-}`, "expected a digit"},
		"a byte order mark before the object": {"\ufeff{}", "line 1, column 1: expected a value"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, refused := createUser(t, tt.body, openapi.Enforce).Violation()
			if !refused || f.Status != http.StatusBadRequest || !strings.Contains(f.String(), tt.want) {
				t.Errorf("Violation = %q %d, %v, want %q", f, f.Status, refused, tt.want)
			}
		})
	}
}

func TestHarmlessDeviationsAreIronedOut(t *testing.T) {
	t.Parallel()
	const prefix, suffix = `{`, `,"login":"ada","tenant_id":"` + id + `"}`
	for name, tt := range map[string]struct{ sent, bound, want string }{
		"a boolean in a string":         {`"enabled":"True"`, `"enabled":true`, "deviation: body /enabled should be a boolean and was read from a string"},
		"a boolean as 0":                {`"enabled":0`, `"enabled":false`, "deviation: body /enabled should be a boolean and was read from a number"},
		"an integer in a string":        {`"version":"012"`, `"version":12`, "deviation: body /version should be an integer and was read from a string"},
		"a whole number with fraction":  {`"version":2.0`, `"version":2`, "deviation: body /version should be an integer and was read from a number"},
		"a whole number with exponent":  {`"version":9007199254740993e0`, `"version":9007199254740993`, "deviation: body /version should be an integer and was read from a number"},
		"a number in a string":          {`"share":"0.5"`, `"share":0.5`, "deviation: body /share should be a number and was read from a string"},
		"within an alternative":         {`"either":{"n":"7"}`, `"either":{"n":7}`, "deviation: body /either/n should be an integer and was read from a string"},
		"within a closed object":        {`"strict":{"a":"7"}`, `"strict":{"a":7}`, "deviation: body /strict/a should be an integer and was read from a string"},
		"a member in another case":      {`"Enabled":"maybe"`, ``, "deviation: body /Enabled is ignored: the member is spelled enabled"},
		"a member that is given twice":  {`"enabled":5,"enabled":true`, `"enabled":true`, `deviation: body has the member "enabled" twice in one object; the last one counts`},
		"an undocumented member, as is": {`"business":[1.50,{"x":null}]`, `"business":[1.50,{"x":null}]`, "deviation: body /business is not documented"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent := prefix + tt.sent + suffix
			got := createUser(t, sent, openapi.Enforce)
			if diff := cmp.Diff([]string{tt.want}, lines(got.Findings)); diff != "" {
				t.Errorf("Findings (-want +got):\n%s", diff)
			}
			if want := sorted(t, prefix+strings.TrimPrefix(tt.bound+suffix, ",")); sorted(t, string(got.Body)) != want {
				t.Errorf("Body = %s, want %s", got.Body, want)
			}
			if _, refused := createUser(t, sent, openapi.Strict).Violation(); !refused {
				t.Error("Strict accepts it, want a violation")
			}
		})
	}
}

func TestWhatTheDocumentAllowsPassesAsItIs(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"the least":                          `{` + required + `}`,
		"blanks around it":                   "\n {" + required + "} \n",
		"null where it is allowed":           `{` + required + `,"note":null,"value":null}`,
		"a date":                             `{` + required + `,"born":"2020-02-29"}`,
		"anything in a free object":          `{` + required + `,"data":{"Login":"x","n":[1,{"enabled":"1"}]}}`,
		"labels":                             `{` + required + `,"labels":{"a":"b","c":"<&>"}}`,
		"either form":                        `{` + required + `,"either":{"n":1}}`,
		"an exact integer":                   `{` + required + `,"version":9223372036854775807}`,
		"escapes and characters of any size": `{` + required + `,"note":"\u00e9\"é😀\\"}`,
		"any kind of literal and number":     `{` + required + `,"value":[true,false,null,-0,1.5e-3,2E+2,0.10,[],{}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := createUser(t, body, openapi.Strict)
			if len(got.Findings) > 0 || string(got.Body) != body {
				t.Errorf("CheckRequest = %s, %v, want the body as it was", got.Body, lines(got.Findings))
			}
		})
	}
}

func TestAllFindingsAreReportedInOrder(t *testing.T) {
	t.Parallel()
	o := operation(t, parse(t, small), "createUser")
	got := o.CheckRequest(&openapi.Request{
		Query: url.Values{"debug": {"1"}},
		Body:  []byte(`{"login":"x","zeta":1,"contact":{"email":5}}`),
	}, openapi.Enforce)
	want := []string{
		"deviation: query debug is not documented",
		"deviation: header Content-Type is missing and read as application/json",
		"violation: body /contact/email must be a string, not a number",
		"violation: body /login must have at least 3 characters, has 1",
		"violation: body /tenant_id is required",
		"deviation: body /zeta is not documented",
	}
	if diff := cmp.Diff(want, lines(got.Findings)); diff != "" {
		t.Errorf("Findings (-want +got):\n%s", diff)
	}
	if f, _ := got.Violation(); f.Pointer != "/contact/email" {
		t.Errorf("Violation = %v, want the first one", f)
	}
}

func TestFindingsAreBoundedYetAViolationIsNeverLost(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for range 500 {
		b.WriteString(`"` + strings.Repeat("x", b.Len()%97+1) + `":1,`)
	}
	got := createUser(t, `{`+b.String()+`"login":"ada"}`, openapi.Enforce)
	if len(got.Findings) > 40 {
		t.Errorf("%d findings, want at most 20 of each severity", len(got.Findings))
	}
	if f, _ := got.Violation(); f.Pointer != "/tenant_id" {
		t.Errorf("Violation = %v, want the missing tenant_id", f)
	}
}

func TestAReasonNeverRepeatsWhatWasSent(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3t-value"
	for _, body := range []string{
		`{` + required + `,"language":"` + secret + `","enabled":"` + secret + `","version":"` + secret + `"}`,
		`{"tenant_id":"` + secret + `","login":"` + secret + `"}`,
		`{"login":"` + secret + `" x}`,
		`"` + secret + `"`,
	} {
		for _, line := range lines(createUser(t, body, openapi.Enforce).Findings) {
			if strings.Contains(line, secret) {
				t.Errorf("finding %q repeats the value", line)
			}
		}
	}
}

func TestMediaTypes(t *testing.T) {
	t.Parallel()
	d := parse(t, small)
	for name, tt := range map[string]struct {
		op, contentType, body string
		mode                  openapi.Mode
		want                  []string
	}{
		"parameters and case do not matter": {"createUser", "Application/JSON ; charset=UTF-8", `{` + required + `}`, openapi.Strict, nil},
		"a missing one is read as the documented one": {
			"createUser", "", `{` + required + `}`, openapi.Enforce,
			[]string{"deviation: header Content-Type is missing and read as application/json"},
		},
		"which strict mode refuses": {
			"createUser", "", `{` + required + `}`, openapi.Strict,
			[]string{"violation: header Content-Type is missing and read as application/json"},
		},
		"another one is refused, and the body left alone": {
			"createUser", "text/plain", `{`, openapi.Enforce,
			[]string{"violation 415: header Content-Type is text/plain, but the operation takes application/json"},
		},
		"the default of curl is explained": {
			"createUser", "application/x-www-form-urlencoded", `{` + required + `}`, openapi.Enforce,
			[]string{"violation 415: header Content-Type is application/x-www-form-urlencoded, but the operation takes application/json (curl sends the former with -d unless told otherwise)"},
		},
		"warn mode reads the body nevertheless": {
			"createUser", "text/plain", `{` + required + `,"version":0}`, openapi.Warn,
			[]string{
				"violation 415: header Content-Type is text/plain, but the operation takes application/json",
				"violation: body /version must be at least 1",
			},
		},
		"it does not matter where no body is taken":       {"deleteUser", "text/plain", `{`, openapi.Strict, nil},
		"nor where the body is absent and may be":         {"updateUser", "text/plain", ``, openapi.Strict, nil},
		"a blank body may be absent too":                  {"updateUser", "application/json", ` `, openapi.Strict, nil},
		"of other bodies only the media type is judged":   {"uploadLogo", "image/png", "\x89PNG", openapi.Strict, nil},
		"a required body of another media type is missed": {"uploadLogo", "image/gif", "", openapi.Strict, []string{"violation 415: header Content-Type is image/gif, but the operation takes image/png"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := operation(t, d, tt.op).CheckRequest(&openapi.Request{
				Query:       url.Values{"version": {"1"}, "access_token": {"x"}},
				ContentType: tt.contentType, Body: []byte(tt.body),
			}, tt.mode)
			if tt.op != "deleteUser" {
				got.Findings = withoutQuery(got.Findings)
			}
			if diff := cmp.Diff(tt.want, lines(got.Findings)); diff != "" {
				t.Errorf("Findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestModesHaveNames(t *testing.T) {
	t.Parallel()
	for _, mode := range []openapi.Mode{openapi.Enforce, openapi.Warn, openapi.Strict} {
		if got, err := openapi.ParseMode(mode.String()); err != nil || got != mode {
			t.Errorf("ParseMode(%q) = %v, %v", mode, got, err)
		}
	}
	if _, err := openapi.ParseMode("lax"); err == nil {
		t.Error(`ParseMode("lax") = nil, want an error`)
	}
}
