package journal_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/openapi"
)

const planted = "hunter2PLANTEDhunter2"

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

// Every secret of the list, in every form in which it is sent.
func TestNoSecretOfTheListIsKept(t *testing.T) {
	t.Parallel()
	for _, name := range journal.Secrets() {
		upper := strings.ToUpper(name)
		escaped := `\u00` + hex(name[0]) + name[1:]
		requests := map[string][]string{
			jsonType: {
				`{"a":1,"` + name + `":"` + planted + `","b":2}`, `{"` + name + `" : "` + planted + `"}`, `{"` + upper + `":"` + planted + `"}`,
				`{"` + name + `":["` + planted + `",{"x":"` + planted + `"}]}`, `{"a":{"b":[{"` + name + `":"\"` + planted + `"}]}}`,
				`{"` + escaped + `":"` + planted + `"}`, `{"` + strings.NewReplacer("s", "ſ", "k", "\u212a").Replace(name) + `":"` + planted + `"}`, `{"text":"{\"` + name + `\":\"` + planted + `\"}"}`,
				// Broken JSON.
				`{"` + name + `":"` + planted, `{"` + name + `" "` + planted + `"}`, `{` + name + `: ` + planted + `}`, `{'` + name + `': '` + planted + `'}`,
				`{"` + name + `":` + planted + ` ` + planted + `}`, `"` + name + `":"a","` + planted + `"`, name + `=` + planted, name + ` ` + planted,
			},
			formType: {
				name + "=" + planted, "a=b&" + name + "=" + planted + "&c=d", upper + "=" + planted + ";" + planted, name + "=a b " + planted,
				"%" + hex(name[0]) + name[1:] + "=" + planted, `{"` + name + `":"` + planted + `"}`, `x={"` + name + `":"` + planted + `"}`,
			},
			"": {`{"` + name + `":"` + planted + `"}`, name + "=" + planted, `--x` + "\r\n" + `name="` + name + `"` + "\r\n\r\n" + planted},
		}
		for mediaType, bodies := range requests {
			for _, body := range bodies {
				hidden(t, body, journal.MaskRequest(mediaType, []byte(body)).Text)
			}
		}
		for _, body := range []string{
			`{"` + name + `":"` + planted + `"}`, `{"` + name + `":"` + planted, `{"items":[{"` + name + `": "` + planted + `"}]}`,
			`{"link":"https://x.example/y?` + name + `=` + planted + `&a=b"}`,
		} {
			hidden(t, body, journal.MaskResponse(jsonType, []byte(body)).Text)
		}
		page := `<form><input type="hidden" name="` + name + `" value="` + planted + `"><b>` + planted + `</b><a href='/x?` + name + `=` + planted + `'></a></form>`
		hidden(t, page, journal.MaskResponse("text/html; charset=utf-8", []byte(page)).Text)
		query := "a=b&" + name + "=" + planted + "&c=d"
		hidden(t, query, string(journal.MaskQuery(query)))
		hidden(t, query, string(journal.Pack(http.Header{"Location": {"https://x.example/?" + query}, "Referer": {"/y#" + query}})))
	}
}

func hex(c byte) string { return fmt.Sprintf("%02x", c) }

func hidden(t *testing.T, sent, kept string) {
	t.Helper()
	if strings.Contains(kept, planted) || !strings.Contains(kept, journal.Masked) {
		t.Errorf("of %q is kept %q", sent, kept)
	}
}

// The list is held to the document: a name that looks like a secret is one, or is known to be none.
func TestTheListHoldsEverySecretOfTheDocument(t *testing.T) {
	t.Parallel()
	harmless := map[string]string{
		"client_secret_expires_at": "a time", "code_challenge": "a hash", "code_challenge_method": "a name",
		"code_challenge_methods_supported": "names", "login_totp_time": "a time", "token_endpoint": "an address",
		"token_endpoint_auth_method": "a name", "token_endpoint_auth_methods_supported": "names", "token_id": "an id", "token_type": "a name",
		"token_type_hint": "a name", "totp_time": "a time", "users_with_totp_enabled": "a number", "users_with_totp_enabled_count": "a number",
		"id_token_signing_alg_values_supported": "names", "zipcode": "an address", "verification_uri": "an address", "shared_secret_hint": "",
	}
	suspicious := regexp.MustCompile(`pass|secret|token|(^|_)code|ott$|otp|ticket|assertion|verifi`)
	for _, m := range regexp.MustCompile(`"(\w+)": ?\{`).FindAllStringSubmatch(string(openapi.JSON()), -1) {
		if name := m[1]; suspicious.MatchString(name) && harmless[name] == "" && !slices.Contains(journal.Secrets(), name) &&
			strings.ToLower(name) == name {
			t.Errorf("the document has %s, which is not masked", name)
		}
	}
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range doc.Operations() {
		for _, p := range o.Params {
			if suspicious.MatchString(p.Name) && harmless[p.Name] == "" && !slices.Contains(journal.Secrets(), p.Name) {
				t.Errorf("%s has the parameter %s, which is not masked", o.ID, p.Name)
			}
		}
	}
}

func TestOnlySecretsAreMasked(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ mediaType, sent, want string }{
		"a body without secrets":        {jsonType, `{"login":"ada","token_type":"bearer"}`, `{"login":"ada","token_type":"bearer"}`},
		"the value alone":               {jsonType, `{"login":"ada","password":"x","enabled":true}`, `{"login":"ada","password":"***","enabled":true}`},
		"a name as a value":             {jsonType, `{"grant_type":"password","a":1}`, `{"grant_type":"password","a":1}`},
		"null stays":                    {jsonType, `{"password":null}`, `{"password":null}`},
		"an empty text stays":           {jsonType, `{"smtp_password":"","a":1}`, `{"smtp_password":"","a":1}`},
		"the code of an error stays":    {jsonType, `{"error":{"code":1006}}`, `{"error":{"code":1006}}`},
		"a password of digits does not": {jsonType, `{"password":1006}`, `{"password":***}`},
		"a field of a form":             {formType, "grant_type=password&username=ada&password=x", "grant_type=password&username=ada&password=***"},
		"broken JSON up to the name":    {jsonType, `{"login":"ada","password":"x",}`, `{"login":"ada","password***`},
	} {
		if got := journal.MaskRequest(tt.mediaType, []byte(tt.sent)).Text; got != tt.want {
			t.Errorf("%s: of %q is kept %q, want %q", name, tt.sent, got, tt.want)
		}
	}
}

func TestHeadersKeepSchemesAndNamesOfCookies(t *testing.T) {
	t.Parallel()
	basic := base64.StdEncoding.EncodeToString([]byte("ada:" + planted))
	packed := journal.Pack(http.Header{
		"Authorization": {"Bearer " + planted, "basic " + basic, planted, "Odd " + planted}, "Cookie": {"session=" + planted + "; lang=en; " + planted},
		"Set-Cookie": {"session=" + planted + "; Path=/; HttpOnly"}, "X-Auth-Token": {planted}, "User-Agent": {"sync/1.0"},
		"Location": {"https://x.example/cb?code=" + planted + "&state=s1"},
	})
	want := http.Header{
		"Authorization": {"Bearer ***", "basic ***", "***", "***"}, "Cookie": {"session=***; lang=***; ***"},
		"Set-Cookie": {"session=***; Path=/; HttpOnly"}, "X-Auth-Token": {"***"}, "User-Agent": {"sync/1.0"},
		"Location": {"https://x.example/cb?code=***&state=s1"},
	}
	if diff := cmp.Diff(want, packed.Header()); diff != "" {
		t.Error(diff)
	}
	var again journal.Headers
	text, err := json.Marshal(packed)
	if err == nil {
		err = json.Unmarshal(text, &again)
	}
	if diff := cmp.Diff(want, again.Header()); err != nil || diff != "" {
		t.Errorf("through JSON: %v\n%s", err, diff)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", journal.MaxBody)
	got := journal.MaskResponse("text/plain", []byte("x"+long))
	if !got.Truncated || got.Size != 1+len(long) || len(got.Text) > journal.MaxBody || !strings.HasPrefix("x"+long, got.Text) {
		t.Errorf("of %d bytes are kept %d, truncated %v, size %d", 1+len(long), len(got.Text), got.Truncated, got.Size)
	}
	split := `{"a":"` + strings.Repeat("x", journal.MaxBody-20) + `","password":"` + planted + `"}`
	if kept := journal.MaskRequest(jsonType, []byte(split)); strings.Contains(kept.Text, "hunter") {
		t.Errorf("a secret across the limit is kept: …%q", kept.Text[len(kept.Text)-40:])
	}
	for _, body := range []string{"\x89PNG\r\n\x00", "p\x00a\x00s\x00s\x00", "\xff\xfe"} {
		if got := journal.MaskResponse("image/png", []byte(body)); !got.Binary || got.Text != "" || got.Size != len(body) {
			t.Errorf("of the binary %q is kept %+v", body, got)
		}
	}
}

func TestARefusalThatRepeatsASecretIsMasked(t *testing.T) {
	t.Parallel()
	echo := journal.Echoes(
		http.Header{"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte("ada:"+planted))}, "Cookie": {"session=c00kie1"}},
		"access_token=qu%65ry1&limit=5", jsonType, []byte(`{"password":"bo\"dy1","login":"ada"}`),
	)
	said := planted + ` c00kie1 query1 bo"dy1 bo\"dy1 ada 5`
	if got, want := echo.Mask(said), "*** *** *** *** *** ada 5"; got != want {
		t.Errorf("Mask(%q) = %q, want %q", said, got, want)
	}
}

func TestWhoSendsTooManySecretsGetsNothingRepeated(t *testing.T) {
	t.Parallel()
	var body strings.Builder
	for n := range 100 {
		fmt.Fprintf(&body, "token=%s%d&", planted, n)
	}
	if got := journal.Echoes(nil, "", formType, []byte(body.String())).Mask("a " + planted + "99"); got != journal.Masked {
		t.Errorf("Mask = %q", got)
	}
}

// FuzzMask plants a secret in whatever the engine makes up around it.
func FuzzMask(f *testing.F) {
	for _, seed := range []string{`{`, `{"a":"`, "a=b&", `\`, `{"x":"\\`, `<a href="`, "password", "%70assword=1&", "\x00", `{"password":"a`, `"code":1`} {
		f.Add(seed, seed, uint8(0), uint8(0))
	}
	names := journal.Secrets()
	slices.Sort(names)
	f.Fuzz(func(t *testing.T, before, after string, which, form uint8) {
		name := names[int(which)%len(names)]
		var mediaType, between string
		switch form % 4 {
		case 0:
			mediaType, between = jsonType, `"`+name+`":"`+planted+`"`
		case 1:
			mediaType, between = jsonType, `"`+name+`" : `+planted+`,`
		case 2:
			mediaType, between = formType, "&"+name+"="+planted+"&"
		case 3:
			mediaType, between = "", "\n"+name+" "+planted
		}
		body := before + between + after
		kept := journal.MaskRequest(mediaType, []byte(body))
		if strings.Contains(kept.Text, planted) && !inString(body, name) {
			t.Errorf("of %q is kept %q", body, kept.Text)
		}
		if form%4 == 2 {
			if kept := journal.MaskQuery(body); strings.Contains(string(kept), planted) {
				t.Errorf("of the query %q is kept %q", body, kept)
			}
		}
		journal.MaskResponse("text/html", []byte(body))
		journal.Pack(http.Header{"Cookie": {body}, "Location": {body}, "Authorization": {body}}).Header()
		journal.Echoes(http.Header{"Cookie": {body}}, body, mediaType, []byte(body)).Mask(body)
	})
}

// inString reports whether the body is JSON in which the name is no name: a text may say password.
func inString(body, name string) bool {
	var v any
	if json.Unmarshal([]byte(body), &v) != nil {
		return false
	}
	return !named(v, name)
}

func named(v any, name string) bool {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			if strings.EqualFold(k, name) || named(inner, name) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(inner any) bool { return named(inner, name) })
	}
	return false
}
