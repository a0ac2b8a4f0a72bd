package openapi_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi"
)

// FuzzCheckRequest looks for panics, and holds that a body without a violation binds: it
// is JSON that passes again with nothing left to iron out.
func FuzzCheckRequest(f *testing.F) {
	d := parse(f, small)
	o := operation(f, d, "createUser")
	form := operation(f, d, "issueToken")
	list := operation(f, d, "listUsers")
	for _, seed := range []string{
		`{` + required + `}`,
		`{` + required + `,"enabled":"1","version":2.0,"Enabled":0,"either":{"n":"1"},"share":"1e-1"}`,
		`{` + required + `,"version":1,"version":"2"}`,
		`grant_type=password&scope=a+b&nri=1`,
		`limit=5&lod=full&kinds=root,unit`,
		`[[[[`, `"\ud800"`, "\xff", `-0.0e-0`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		form.CheckRequest(&openapi.Request{Body: body}, openapi.Warn)
		if query, err := url.ParseQuery(string(body)); err == nil {
			list.CheckRequest(&openapi.Request{Query: query}, openapi.Strict)
		}
		first := o.CheckRequest(&openapi.Request{ContentType: "application/json", Body: body}, openapi.Enforce)
		if _, refused := first.Violation(); refused {
			return
		}
		if !json.Valid(first.Body) {
			t.Fatalf("Body %q of %q is no JSON", first.Body, body)
		}
		second := o.CheckRequest(&openapi.Request{ContentType: "application/json", Body: first.Body}, openapi.Enforce)
		if diff := cmp.Diff(string(first.Body), string(second.Body)); diff != "" {
			t.Fatalf("a second check changes the body:\n%s", diff)
		}
	})
}

// FuzzDecode holds the decoder to encoding/json: the same texts are JSON, save for
// invalid UTF-8 and endless nesting.
func FuzzDecode(f *testing.F) {
	o := operation(f, parse(f, small), "updateUser") // its body may be anything
	for _, seed := range []string{
		`{"a":[1,2.5e-3,true,false,null,"x\u00e9\n"]} `, `01`, `1.`, `1e`, `-`, `"\q"`, `{"a":1,}`, `[1 2]`,
		`{"a" 1}`, "\"\x00\"", `nulll`, ``, ` `, `{"a":1}{`, "\"\\", "\"\\u12", `tru`, "\u202f", `5e0004000`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		depth := 0
		for _, c := range text {
			if c == '[' || c == '{' {
				depth++
			}
		}
		if depth > 200 || !utf8.Valid(text) || len(text) == 0 {
			return
		}
		got := o.CheckRequest(&openapi.Request{ContentType: "application/json", Body: text}, openapi.Enforce)
		f, _ := got.Violation() // a number may be JSON and still out of range
		if strings.HasPrefix(f.Reason, "is not valid JSON") == json.Valid(text) && !blank(text) {
			t.Fatalf("CheckRequest(%q) = %v, json.Valid = %v", text, lines(got.Findings), json.Valid(text))
		}
	})
}

// blank bodies are absent ones, not broken JSON.
func blank(text []byte) bool {
	for _, c := range text {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}
