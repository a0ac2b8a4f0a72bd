package value_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/value"
)

func decode(t testing.TB, text string) any {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatalf("Decode(%s): %v", text, err)
	}
	return v
}

func TestDecodeReadsOneValueToItsEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                         "ends too early",
		`{"a":`:                    "ends too early",
		`{} x`:                     "something follows",
		`{'a':1}`:                  "invalid character",
		strings.Repeat("[", 1_000): "ends too early",
		strings.Repeat("[", 600) + strings.Repeat("]", 600): "nested deeper",
	} {
		_, err := value.Decode([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Decode(%.20s) = %v, want an error with %q", text, err, want)
		}
	}
	if diff := cmp.Diff(any(map[string]any{"n": json.Number("1.50")}), decode(t, ` {"n":1.50} `)); diff != "" {
		t.Errorf("Decode (-want +got):\n%s", diff)
	}
}

func TestEqualAndOrder(t *testing.T) {
	t.Parallel()
	for pair, want := range map[string]bool{
		`[1, 1.0]`:                              true,
		`[100, 1e2]`:                            true,
		`[9007199254740993, 9007199254740992]`:  false,
		`[1e999999999, 1e999999999]`:            true,
		`[1, "1"]`:                              false,
		`["a", "A"]`:                            false,
		`[null, false]`:                         false,
		`[null, null]`:                          true,
		`[[1, {"a": null}], [1.0, {"a":null}]]`: true,
		`[[1], [1, 2]]`:                         false,
		`[{"a": 1}, {"b": 1}]`:                  false,
		`[{"a": 1}, {}]`:                        false,
		`[true, true]`:                          true,
	} {
		v, _ := decode(t, pair).([]any)
		if got := value.Equal(v[0], v[1]); got != want {
			t.Errorf("Equal%s = %v", pair, got)
		}
	}
	for pair, want := range map[[2]json.Number]int{{"1", "2"}: -1, {"2", "1.5"}: 1, {"-0", "0"}: 0, {"1e9999", "1e8"}: 1, {"0.1", "0.10"}: 0} {
		if got := value.CompareNumbers(pair[0], pair[1]); got != want {
			t.Errorf("CompareNumbers%v = %d, want %d", pair, got, want)
		}
	}
}

func TestPointersFindAndReplace(t *testing.T) {
	t.Parallel()
	const text = `{"a":[1,{"b/c":2,"~":3}],"":4}`
	for pointer, want := range map[string]string{
		"": text, "/a/0": "1", "/a/1/b~1c": "2", "/a/1/~0": "3", "/": "4", "/a/01": "", "/a/2": "", "/a/-1": "", "/x": "", "a": "", "/a/0/x": "",
	} {
		v, ok := value.At(decode(t, text), pointer)
		if ok != (want != "") || ok && !cmp.Equal(v, decode(t, want)) {
			t.Errorf("At(%q) = %v, %v, want %s", pointer, v, ok, want)
		}
	}
	for pointer, want := range map[string]string{
		"": `9`, "/a/0": `{"a":[9,{"b/c":2,"~":3}],"":4}`, "/a/-": `{"a":[1,{"b/c":2,"~":3},9],"":4}`, "/n": `{"a":[1,{"b/c":2,"~":3}],"":4,"n":9}`,
		"/a/1/b~1c": `{"a":[1,{"b/c":9,"~":3}],"":4}`, "/n/m": "", "/a/7": "", "/a/0/x": "",
	} {
		before := decode(t, text)
		v, ok := value.Replace(before, pointer, json.Number("9"))
		if ok != (want != "") || ok && !cmp.Equal(v, decode(t, want)) {
			t.Errorf("Replace(%q) = %v, %v, want %s", pointer, v, ok, want)
		}
		if diff := cmp.Diff(decode(t, text), before); diff != "" {
			t.Errorf("Replace(%q) changed what it was given:\n%s", pointer, diff)
		}
	}
}

func TestHintsNameTheNearestOrAll(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"stausCode": `did you mean "statusCode"?`,
		"zzz":       "there are: limit, statusCode",
	} {
		if got := value.Hint(word, []string{"statusCode", "limit"}); got != want {
			t.Errorf("Hint(%s) = %s, want %s", word, got, want)
		}
	}
	if got := value.Hint("a", nil); got != "there is none" {
		t.Errorf("Hint without names = %s", got)
	}
}

func TestTextsSpellNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"1": true, "-1.5e3": true, "01": false, "": false, " 1": false, "1 ": false, "0x1": false, "true": false} {
		if _, ok := value.Number(text); ok != want {
			t.Errorf("Number(%q) = %v", text, ok)
		}
	}
}
