package openapi_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/tenantry/tenantry/openapi"
)

// sorted re-encodes JSON with sorted members, numbers as they are written.
func sorted(tb testing.TB, text string) string {
	tb.Helper()
	v := decoded(tb, []byte(text))
	b, err := json.Marshal(v)
	if err != nil {
		tb.Fatalf("encode %s: %v", text, err)
	}
	return string(b)
}

func decoded(tb testing.TB, text []byte) any {
	tb.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		tb.Fatalf("decode %q: %v", text, err)
	}
	return v
}

func withoutQuery(findings []openapi.Finding) []openapi.Finding {
	return slices.DeleteFunc(findings, func(f openapi.Finding) bool { return f.In == openapi.InQuery })
}

func keys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
