package expr_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/expr"
)

func TestValuesKeepTheirTypes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`plain`:                          `"plain"`,
		`$100`:                           `"$100"`,
		`{"json": true}`:                 `"{\"json\": true}"`,
		`$inputs.count`:                  `3`,
		`$response.body#/note`:           `null`,
		`$response.body#/big`:            `9007199254740993`,
		`$steps.make.outputs.tenant`:     `{"id":"t1","kinds":["x","y"]}`,
		`Bearer {$inputs.name}`:          `"Bearer Ada"`,
		`{$inputs.count}`:                `"3"`,
		`{$index}-{$item.id}{$item#/id}`: `"0-44"`,
		`a {$response.body.items} {b}`:   `"a [{\"a b\":2,\"id\":1}] {b}"`,
	} {
		v, err := expr.ParseText(text)
		if err != nil {
			t.Errorf("ParseText(%s): %v", text, err)
			continue
		}
		got, err := v.Make(scope(t))
		if diff := cmp.Diff(decode(t, want), got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", text, err, diff)
		}
	}
}

func TestWhatIsAbsentCannotBeUsed(t *testing.T) {
	t.Parallel()
	object := expr.Object{"a": expr.List{mustText(t, "x {$inputs.nobody}")}}
	_, err := object.Make(scope(t))
	var absent *expr.AbsentError
	if !errors.As(err, &absent) || absent.Expression != "$inputs.nobody" {
		t.Errorf("Make() = %v, want that $inputs.nobody has no value", err)
	}
}

func mustText(t testing.TB, text string) expr.Value {
	t.Helper()
	v, err := expr.ParseText(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestObjectsAndListsAreMade(t *testing.T) {
	t.Parallel()
	v := expr.Object{
		"name": mustText(t, "$inputs.name"),
		"list": expr.List{mustText(t, "$inputs.count"), expr.Literal{true}},
	}
	got, err := v.Make(scope(t))
	if diff := cmp.Diff(decode(t, `{"name":"Ada","list":[3,true]}`), got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	var refs []string
	v.Refs(func(r expr.Ref) { refs = append(refs, r.String()) })
	if diff := cmp.Diff([]string{"$inputs.count", "$inputs.name"}, refs); diff != "" {
		t.Errorf("Refs (-want +got):\n%s", diff)
	}
}

func TestMalformedTextsAreRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`$input.name`:           "did you mean $inputs?",
		`$inputs.name or so`:    `at character 14: "or so" is not understood`,
		`Bearer {$inputs.name`:  `must end with "}"`,
		`Bearer {$inputs name}`: "a dot and a name must follow",
		`{$nothing.here}`:       "$nothing is no expression",
	} {
		_, err := expr.ParseText(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseText(%s) = %v, want an error with %q", text, err, want)
		}
	}
}

func FuzzParseText(f *testing.F) {
	f.Add(`a {$inputs.b[0]} c {$item#/x}`)
	f.Add(`$steps.a.outputs.b.c['d']`)
	f.Fuzz(func(t *testing.T, text string) {
		v, err := expr.ParseText(text)
		if err != nil {
			return
		}
		printed, ok := v.(interface{ String() string })
		if !ok {
			return
		}
		again, err := expr.ParseText(printed.String())
		if err != nil {
			t.Fatalf("%q prints %q, which is refused: %v", text, printed, err)
		}
		a, errA := v.Make(scope(t))
		b, errB := again.Make(scope(t))
		if !cmp.Equal(a, b) || (errA == nil) != (errB == nil) {
			t.Fatalf("%q and its normal form %q differ: %v, %v", text, printed, a, b)
		}
	})
}
