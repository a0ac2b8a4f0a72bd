package openapi_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/tenantry/tenantry/openapi"
)

func BenchmarkParse(b *testing.B) {
	doc := openapi.JSON()
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if _, err := openapi.Parse(doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckRequest(b *testing.B) {
	d := parse(b, small)
	for name, bb := range map[string]struct {
		op      string
		request openapi.Request
	}{
		"createUser": {"createUser", openapi.Request{
			ContentType: "application/json",
			Body: []byte(`{` + required + `,"enabled":true,"language":"en","notifications":["quota","reports"],` +
				`"contact":{"email":"ada@example.com","types":["legal"]}}`),
		}},
		"listUsers": {"listUsers", openapi.Request{Query: url.Values{"limit": {"10"}, "lod": {"full"}}}},
		"nothing":   {"getDiscovery", openapi.Request{}},
	} {
		b.Run(name, func(b *testing.B) {
			o := operation(b, d, bb.op)
			b.ReportAllocs()
			for b.Loop() {
				if got := o.CheckRequest(&bb.request, openapi.Enforce); len(got.Findings) > 0 {
					b.Fatal(got.Findings)
				}
			}
		})
	}
}

func BenchmarkCheckResponse(b *testing.B) {
	o := operation(b, parse(b, small), "createUser")
	header := http.Header{"Content-Type": {"application/json"}}
	body := []byte(`{"id":"` + id + `","version":1,"login":"ada","manager":{"id":"x","version":1,"login":"b"}}`)
	b.ReportAllocs()
	for b.Loop() {
		if got := o.CheckResponse(200, header, body); len(got) > 0 {
			b.Fatal(got)
		}
	}
}
