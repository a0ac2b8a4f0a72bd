package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheSchemaKeepsTheOrderOfMembers(t *testing.T) {
	t.Parallel()
	const document = `{"z":1,"a":{"y":"é","b":null},"list":[{"in":[1]},"x"],"on":true}`
	const want = `{"type":"object","properties":{` +
		`"z":{"type":"number"},` +
		`"a":{"type":"object","properties":{"y":{"type":"string"},"b":{"type":"string","nullable":true}}},` +
		`"list":{"type":"array","items":{}},` +
		`"on":{"type":"boolean"}}}`
	got, err := schema([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("schema (-want +got):\n%s", diff)
	}
}

func TestAnAnswerThatIsNoJSONHasNoSchema(t *testing.T) {
	t.Parallel()
	for _, document := range []string{"", "{", `{"a":[1`, `{"a":}`, "<html>"} {
		if got, err := schema([]byte(document)); err == nil {
			t.Errorf("schema(%q) = %s; want an error", document, got)
		}
	}
}
