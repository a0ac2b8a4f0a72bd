package report_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/report"
)

func TestTheWorstVerdictCounts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		given []report.Verdict
		want  report.Verdict
	}{
		"nothing is no pass":             {nil, report.Skipped},
		"a skipped step spoils no pass":  {[]report.Verdict{report.Skipped, report.Pass}, report.Pass},
		"what is all skipped is skipped": {[]report.Verdict{report.Skipped}, report.Skipped},
		"a failure is worse than a pass": {[]report.Verdict{report.Fail, report.Pass}, report.Fail},
		"an error is worse than all":     {[]report.Verdict{report.Error, report.Fail, report.Pass}, report.Error},
	} {
		if got := report.Worst(tt.given...); got != tt.want {
			t.Errorf("%s: Worst(%v) = %s, want %s", name, tt.given, got, tt.want)
		}
	}
}

func TestFindingsJudge(t *testing.T) {
	t.Parallel()
	note, violation, broken := report.Finding{Severity: report.SeverityNote}, report.Finding{Severity: report.SeverityViolation}, report.Finding{Severity: report.SeverityError}
	for want, findings := range map[report.Verdict][]report.Finding{
		report.Pass:  {note},
		report.Fail:  {note, violation},
		report.Error: {violation, broken},
	} {
		if got := report.Judge(findings); got != want {
			t.Errorf("Judge(%v) = %s, want %s", findings, got, want)
		}
	}
}

func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	var m report.Masker
	for name, tt := range map[string]struct{ got, want string }{
		"a form by its names":              {m.Body("application/x-www-form-urlencoded", []byte("a=1&client_secret=5ec%2Bret&code=xyz")).Text, "a=1&client_secret=***&code=***"},
		"JSON by its names, at any depth":  {m.Body("application/json", []byte(`{"a":[{"password":"hunter22"}],"code":1001}`)).Text, `{"a":[{"password":"***"}],"code":1001}`},
		"other JSON stays as it is":        {m.Body("application/json", []byte(`{ "b": 1.50, "a": "x" }`)).Text, `{ "b": 1.50, "a": "x" }`},
		"a URL by its names":               {m.URL("http://h/p?x=1&access_token=abcdefgh#token=tttttttt"), "http://h/p?x=1&access_token=***#token=***"},
		"what was learnt is masked later":  {m.Text("got hunter22 and 5ec+ret and abcdefgh"), "got *** and *** and ***"},
		"short values do not spoil a text": {m.Text("x=1 xyz"), "x=1 xyz"},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	got := m.Header(http.Header{"Authorization": {"Bearer eyJabc"}, "Set-Cookie": {"s=1"}, "X-Note": {"eyJabc"}, "X-Auth-Token": {"q"}, "Location": {"/a?code=xyzxyz"}})
	want := http.Header{"Authorization": {"Bearer ***"}, "X-Auth-Token": {"***"}, "Set-Cookie": {"***"}, "Location": {"/a?code=***"}}
	delete(got, "X-Note") // depends on the order of the headers
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Header (-want +got):\n%s", diff)
	}
}

// A target may hand back what it was sent in another form.
func TestASecretIsMaskedInEveryFormThatTheFormatsOfAReportHave(t *testing.T) {
	t.Parallel()
	const secret = `CAN"\a<b>/+& é$ry`
	var m report.Masker
	m.Add(secret)
	encoded := func(before string) string { return base64.StdEncoding.EncodeToString([]byte(before + secret + "!")) }
	for name, form := range map[string]string{
		"as it is": secret, "in a form": url.QueryEscape(secret), "in a path": url.PathEscape(secret),
		"in a path with its slashes": "CAN%22%5Ca%3Cb%3E/%2B%26%20%C3%A9%24ry", "in small escapes": "CAN%22%5ca%3cb%3e%2f%2b%26+%c3%a9%24ry",
		"in JSON": `CAN\"\\a<b>/+& é$ry`, "in careful JSON": `CAN\"\\a\u003cb\u003e/+\u0026 é$ry`, "in JSON of ASCII": `CAN\"\\a<b>\/+& \u00e9$ry`,
		"in JSON inside a text": `CAN\\\"\\\\a<b>/+& é$ry`, "in a page": "CAN&#34;\\a&lt;b&gt;/+&amp; é$ry",
		"in base64": encoded(""), "in base64 behind one": encoded("a"), "in base64 behind two": encoded("id"), "in base64 behind an id": encoded("client:"),
	} {
		got := m.Text("<" + form + ">")
		if !strings.Contains(got, report.Masked) || len(got) > len("<Y2xpZW50On***IQ==>")+2 {
			t.Errorf("%s: %s is left as %s", name, form, got)
		}
	}
}

func TestHalfASecretIsMaskedWhereATextWasCut(t *testing.T) {
	t.Parallel()
	var m report.Masker
	m.Add("canary-secret")
	s := report.Scenario{Steps: []report.Step{{
		Response: &report.Response{Body: report.Body{Text: "x canary-s", Truncated: true}},
		Findings: []report.Finding{{Actual: "a is 'canary-secre…, b is 'can…", Pointer: "/canary-secret"}},
	}}}
	m.Scenario(&s)
	got := []string{s.Steps[0].Response.Body.Text, s.Steps[0].Findings[0].Actual, s.Steps[0].Findings[0].Pointer}
	if diff := cmp.Diff([]string{"x ***", "a is '***…, b is 'can…", "/***"}, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

func TestAScenarioIsMaskedAgainInTheEnd(t *testing.T) {
	t.Parallel()
	var m report.Masker
	s := report.Scenario{Reason: "secret1", Steps: []report.Step{{
		Reason:   "secret1",
		Request:  &report.Request{URL: "http://h/secret1", Header: http.Header{"X": {"secret1"}}, Body: report.Body{Text: "secret1"}},
		Response: &report.Response{Header: http.Header{"X": {"secret1"}}, Body: report.Body{Text: "secret1"}},
		Findings: []report.Finding{{Message: "secret1", Expected: "secret1", Actual: "secret1"}},
	}}}
	m.Add("secret1")
	m.Scenario(&s)
	text, err := json.Marshal(s)
	if err != nil || strings.Contains(string(text), "secret1") {
		t.Errorf("the scenario is %s, error %v", text, err)
	}
}

func TestLongAndBinaryBodiesAreBounded(t *testing.T) {
	t.Parallel()
	var m report.Masker
	long := m.Body("text/plain", []byte(strings.Repeat("é", 100_000)))
	if !long.Truncated || long.Size != 200_000 || len(long.Text) > 64<<10 {
		t.Errorf("a long body is kept as %d of %d bytes, truncated %v", len(long.Text), long.Size, long.Truncated)
	}
	if diff := cmp.Diff(report.Body{Size: 3, Binary: true}, m.Body("image/png", []byte{0xff, 0, 1})); diff != "" {
		t.Errorf("a binary body (-want +got):\n%s", diff)
	}
}
