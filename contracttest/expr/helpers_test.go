package expr_test

import (
	"errors"
	"testing"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/contracttest/value"
)

// A table is a scope made of what references say.
type table map[string]any

var errToken = errors.New("no token")

func (t table) Lookup(r expr.Ref) (any, bool, error) {
	if r.Name == "broken" {
		return nil, false, errToken
	}
	r.Pointer, r.Pointed = "", false
	v, ok := t[r.String()]
	return v, ok, nil
}

func decode(t testing.TB, text string) any {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return v
}

func scope(t testing.TB) table {
	t.Helper()
	return table{
		"$statusCode":                decode(t, `409`),
		"$method":                    "POST",
		"$url":                       "http://h/api/2/users/7?limit=3",
		"$request.path.user_id":      "7",
		"$request.query.limit":       "3",
		"$response.header.Location":  "/api/2/users/7",
		"$response.header.X-Total":   "12",
		"$response.header.X-Flag":    "true",
		"$response.body":             decode(t, `{"id":"A-1","version":1.0,"on":true,"off":false,"note":null,"items":[{"id":1,"a b":2}],"big":9007199254740993,"a.b":{"c":5}}`),
		"$inputs.name":               "Ada",
		"$inputs.count":              decode(t, `3`),
		"$steps.make.outputs.tenant": decode(t, `{"id":"t1","kinds":["x","y"]}`),
		"$workflows.w.outputs.id":    "w1",
		"$workflows.w.inputs.id":     "w2",
		"$sourceDescriptions.a.url":  "http://h",
		"$item":                      decode(t, `{"id":4}`),
		"$index":                     decode(t, `0`),
	}
}
