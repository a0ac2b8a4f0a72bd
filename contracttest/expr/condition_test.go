package expr_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/expr"
	"github.com/tenantry/tenantry/jsonpath"
)

func TestConditionsHold(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]bool{
		`$statusCode == 409`:                                     true,
		`$statusCode==409`:                                       true,
		`$statusCode != 500 && false`:                            false,
		`$statusCode == 412 || $statusCode == 409`:               true,
		`true || false && false`:                                 true, // && binds tighter
		`(true || false) && false`:                               false,
		`!($statusCode == 500)`:                                  true,
		`!$response.body#/off`:                                   true,
		`$response.body#/on`:                                     true,
		`$response.body#/version == 1`:                           true, // 1.0 is 1
		`$response.body#/version == '1'`:                         false,
		`$response.body#/id == 'a-1'`:                            true, // without regard to case
		`$response.body#/id > 'A-0'`:                             true,
		`$response.body#/note == null`:                           true,
		`$response.body#/nothing == null`:                        true, // what is absent equals null
		`$response.body#/nothing != null`:                        false,
		`$response.body#/nothing == ''`:                          false,
		`$response.body#/nothing < 1`:                            false,
		`$response.body#/note >= null`:                           false,
		`$response.body#/on == 'true'`:                           false,
		`$response.body#/big == 9007199254740993`:                true,
		`$response.body#/big == 9007199254740992`:                false,
		`$response.body#/items/0/id < 2`:                         true,
		`$response.body#/items[0].id <= 1`:                       true,
		`$response.body.items[0]['a b'] == 2`:                    true,
		`$response.body#/a.b/c == 5`:                             true,
		`$response.body.items[3].id == null`:                     true,
		`$response.header.X-Total >= 12`:                         true, // a header has no type
		`$response.header.X-Flag == true`:                        true,
		`$response.header.Location == '/api/2/users/7'`:          true,
		`$request.query.limit == $inputs.count`:                  true,
		`$request.path.user_id == 7 && $method == 'post'`:        true,
		`$steps.make.outputs.tenant#/kinds/1 == 'y'`:             true,
		`$steps.make.outputs.tenant.kinds[0] == 'X'`:             true,
		`$workflows.w.outputs.id != $workflows.w.inputs.id`:      true,
		`$sourceDescriptions.a.url == 'http://h' && $index == 0`: true,
		`$item.id == 4`:                                          true,
		`'it''s' == 'IT''S'`:                                     true,
		`1e2 == 100`:                                             true,
		`-1 < 0`:                                                 true,
		`$response.body#/nothing`:                                false,
	} {
		c, err := expr.ParseCondition(condition)
		if err != nil {
			t.Errorf("ParseCondition(%s): %v", condition, err)
			continue
		}
		got, err := c.Judge(scope(t))
		if err != nil || got.Holds != want {
			t.Errorf("%s: holds %v, error %v; want %v", condition, got.Holds, err, want)
		}
	}
}

func TestVerdictsSayWhatWasExpectedAndWhatIs(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]expr.Verdict{
		`$statusCode == 412`:                                 {Expected: "$statusCode == 412", Actual: "409"},
		`$statusCode==409 && $response.body#/id == 'B'`:      {Expected: "$response.body#/id == 'B'", Actual: "'A-1'"},
		`$response.body#/gone == 1`:                          {Expected: "$response.body#/gone == 1", Actual: "absent"},
		`$response.body#/on == $response.body#/off`:          {Expected: "$response.body#/on == $response.body#/off", Actual: "$response.body#/on is true, $response.body#/off is false"},
		`$statusCode == 1 || $statusCode == 2`:               {Expected: "$statusCode == 1 || $statusCode == 2", Actual: "409"},
		`true && ($statusCode == 409 && !$response.body.on)`: {Expected: "!$response.body.on", Actual: "true"},
	} {
		c, err := expr.ParseCondition(condition)
		if err != nil {
			t.Errorf("ParseCondition(%s): %v", condition, err)
			continue
		}
		got, err := c.Judge(scope(t))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", condition, err, diff)
		}
	}
}

func TestAConditionThatIsNoBooleanIsAnError(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		`$response.body#/id`:                 "$response.body#/id is a text, not true or false",
		`!$statusCode`:                       "$statusCode is a number",
		`$inputs.broken == 1`:                errToken.Error(),
		`false || $response.body#/items`:     "is a list",
		`$statusCode == 1 && $inputs.broken`: "", // decided before it comes to that
	} {
		c, err := expr.ParseCondition(condition)
		if err != nil {
			t.Errorf("ParseCondition(%s): %v", condition, err)
			continue
		}
		_, err = c.Judge(scope(t))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", condition, err, want)
		}
	}
}

func TestMalformedConditionsAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		``:                            "character 1: a value is missing",
		`$statusCode = 200`:           `character 13: a single "=" is not an operator`,
		`$statusCode == 200 & true`:   `a single "&"`,
		`$statusCode == "200"`:        "texts stand between single quotes",
		`$statusCode == abc`:          "character 16: abc is no value",
		`$statuscode == 200`:          "character 1: $statuscode is no expression; did you mean $statusCode?",
		`$statusCode == `:             "a value is missing",
		`($statusCode == 200`:         `")" is missing`,
		`1 < 2 < 3`:                   "do not follow one another",
		`$response.bdy == 1`:          `did you mean "body"?`,
		`$response.query.a == 1`:      "is unknown",
		`$steps.a.output.b`:           `did you mean "outputs"?`,
		`$steps.a == 1`:               "a dot and a name must follow",
		`$inputs`:                     "a dot and a name must follow",
		`$response.body#id == 1`:      "a JSON pointer begins with /",
		`$response.body#/a~2 == 1`:    "~ is followed by 0 or 1",
		`'abc`:                        "not closed",
		`$inputs.a[x]`:                "an index or a name",
		`$inputs.a[0`:                 `"]" is missing`,
		`1.2.3 == 1`:                  "1.2.3 is not a number",
		`$statusCode == 200 $method`:  `"$method" is not understood`,
		strings.Repeat("(", 1_000):    "nested too deeply",
		strings.Repeat("!", 1_000):    "nested too deeply",
		`$sourceDescriptions.api.uri`: `did you mean "url"?`,
	} {
		_, err := expr.ParseCondition(condition)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseCondition(%.40s) = %v, want an error with %q", condition, err, want)
		}
	}
}

func TestRegexAndJSONPathCriteria(t *testing.T) {
	t.Parallel()
	context := func(text string) *expr.Expression {
		e, err := expr.ParseExpression(text)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	path := func(text string) *expr.JSONPath {
		p, err := jsonpath.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return &expr.JSONPath{Context: context("$response.body"), Path: p}
	}
	for name, tt := range map[string]struct {
		test expr.Test
		want expr.Verdict
	}{
		"a pattern matches a part": {
			&expr.Regex{Context: context("$response.header.Location"), Pattern: regexp.MustCompile(`/users/\d`)},
			expr.Verdict{Holds: true, Expected: `$response.header.Location matches /users/\d`, Actual: "'/api/2/users/7'"},
		},
		"a pattern matches numbers as they are written": {
			&expr.Regex{Context: context("$statusCode"), Pattern: regexp.MustCompile(`^4`)},
			expr.Verdict{Holds: true, Expected: "$statusCode matches ^4", Actual: "409"},
		},
		"no pattern matches what is absent": {
			&expr.Regex{Context: context("$response.header.ETag"), Pattern: regexp.MustCompile(``)},
			expr.Verdict{Expected: "$response.header.ETag matches ", Actual: "absent"},
		},
		"a path holds if it finds something": {
			path("$.items[?@.id == 1]"),
			expr.Verdict{Holds: true, Expected: "$response.body has $.items[?@.id == 1]"},
		},
		"a path that finds nothing fails": {
			path("$..nothing"),
			expr.Verdict{Expected: "$response.body has $..nothing"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.test.Judge(scope(t))
			if err != nil {
				t.Fatal(err)
			}
			if tt.want.Actual == "" {
				got.Actual = ""
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReferencesAreListed(t *testing.T) {
	t.Parallel()
	c, err := expr.ParseCondition(`$steps.a.outputs.b#/c == 1 || !($workflows.w.inputs.x[0].y < $response.body)`)
	if err != nil {
		t.Fatal(err)
	}
	var got []expr.Ref
	c.Refs(func(r expr.Ref) { got = append(got, r) })
	want := []expr.Ref{
		{Kind: expr.Steps, Owner: "a", Part: expr.Outputs, Name: "b", Pointer: "/c", Pointed: true},
		{Kind: expr.Workflows, Owner: "w", Part: "inputs", Name: "x"},
		{Kind: expr.Response, Part: expr.Body},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Refs (-want +got):\n%s", diff)
	}
}

func FuzzParseCondition(f *testing.F) {
	for _, seed := range []string{
		`$statusCode == 409 && ($response.body#/a/0['x y'].b >= 'it''s' || !true)`, `!(!$inputs.a == null) || -1.5e3 != $item.x[0]`,
		`$steps.a.outputs.b#/c~1 < $workflows.w.inputs.x`, `$response.header.X-A == $request.query.b`, `$response.body#['a']`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := expr.ParseCondition(text)
		if err != nil {
			return
		}
		again, err := expr.ParseCondition(c.String())
		if err != nil || again.String() != c.String() {
			t.Fatalf("%q prints %q, which prints %v, error %v", text, c, again, err)
		}
		want, errWant := c.Judge(scope(t))
		got, errGot := again.Judge(scope(t))
		if (errWant == nil) != (errGot == nil) || !cmp.Equal(want, got) || errors.Is(errGot, errToken) != errors.Is(errWant, errToken) {
			t.Fatalf("%q and its normal form %q differ: %v, %v", text, c, want, got)
		}
	})
}
