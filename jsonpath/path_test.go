package jsonpath_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/value"
	"github.com/tenantry/tenantry/jsonpath"
)

const shop = `{
	"items": [
		{"id": 1, "name": "pen", "price": 1.5, "tags": ["a", "b"], "sold": true},
		{"id": 2, "name": "Ink", "price": 10, "tags": [], "sold": false, "note": null},
		{"id": 3, "name": "paper", "price": 3}
	],
	"limit": 3, "a b": {"it's": 7}
}`

func mustDecode(t testing.TB, text string) any {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return v
}

func TestSelect(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ path, want string }{
		"the root is the value itself":                 {`$.items[0].tags`, `[["a","b"]]`},
		"a member is found by its name":                {`$.limit`, `[3]`},
		"a quoted name may hold anything":              {`$['a b']["it's"]`, `[7]`},
		"a quote is escaped":                           {`$['a b']['it\'s']`, `[7]`},
		"a negative index counts from the end":         {`$.items[-1].id`, `[3]`},
		"an index beyond the end finds nothing":        {`$.items[9]`, `[]`},
		"a slice ends before its end":                  {`$.items[0:2].id`, `[1,2]`},
		"a slice has a step":                           {`$.items[::2].id`, `[1,3]`},
		"a huge step ends":                             {`$.items[1::2147483647].id`, `[2]`},
		"a wildcard finds all children":                {`$.items[*].id`, `[1,2,3]`},
		"several selectors keep their order":           {`$.items[2,0].id`, `[3,1]`},
		"descendants are found at any depth":           {`$..id`, `[1,2,3]`},
		"descendants take selectors":                   {`$..[0].id`, `[1]`},
		"a filter compares numbers":                    {`$.items[?@.price > 2].id`, `[2,3]`},
		"numbers compare by value, not spelling":       {`$.items[?@.price == 10.0].id`, `[2]`},
		"texts compare with their case":                {`$.items[?@.name == 'ink'].id`, `[]`},
		"a filter tests existence":                     {`$.items[?@.note].id`, `[2]`},
		"null is a value":                              {`$.items[?@.note == null].id`, `[2]`},
		"an absent value equals an absent one":         {`$.items[?@.none == @.never].id`, `[1,2,3]`},
		"a filter negates":                             {`$.items[?!@.tags].id`, `[3]`},
		"and binds tighter than or":                    {`$.items[?@.id == 3 || @.id == 1 && @.sold == false].id`, `[3]`},
		"parentheses group":                            {`$.items[?(@.id == 3 || @.id == 1) && @.sold == true].id`, `[1]`},
		"a filter looks at the root":                   {`$.items[?@.id == $.limit].name`, `["paper"]`},
		"length counts characters, elements, members":  {`$.items[?length(@.tags) == 2 && length(@.name) == 3].id`, `[1]`},
		"count counts nodes":                           {`$.items[?count(@.tags[*]) > 1].id`, `[1]`},
		"value is the only node":                       {`$.items[?value(@..name) == 'pen'].id`, `[1]`},
		"match is about the whole text":                {`$.items[?match(@.name, 'p.*')].id`, `[1,3]`},
		"search looks for a part":                      {`$.items[?search(@.name, 'n')].id`, `[1,2]`},
		"a filter at the root looks at its children":   {`$[?length(@) == 3]`, `[[{"id":1,"name":"pen","price":1.5,"tags":["a","b"],"sold":true},{"id":2,"name":"Ink","price":10,"tags":[],"sold":false,"note":null},{"id":3,"name":"paper","price":3}]]`},
		"values of different types have no order":      {`$.items[?@.name > 1]`, `[]`},
		"a descendant filter looks into every element": {`$..[?@.id >= 3].name`, `["paper"]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := jsonpath.Parse(tt.path)
			if err != nil {
				t.Fatalf("Parse(%s): %v", tt.path, err)
			}
			got := p.Select(mustDecode(t, shop))
			if got == nil {
				got = []any{}
			}
			if diff := cmp.Diff(mustDecode(t, tt.want), any(got)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", p, diff)
			}
		})
	}
}

func TestMalformedPathsAreRefusedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		``:                           "empty JSONPath expression",
		`items`:                      "column 0: expected '$'",
		`$.`:                         "column 2: unexpected end of input",
		`$.items[`:                   "column 8: unmatched [",
		`$x`:                         "column 1: unexpected token",
		`$[?@.a = 1]`:                "column 7: invalid token",
		`$[?@.* == 1]`:               "column 7: unexpected token",
		`$[?lengthy(@.a) == 1]`:      "column 3: could not parse query",
		strings.Repeat(`$[?`, 2_000): "it has 6000 characters; at most 4096 are read",
	} {
		_, err := jsonpath.Parse(path)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%.30s) = %v, want an error with %q", path, err, want)
		}
	}
}

func TestNumbersComeOutAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	p, err := jsonpath.Parse(`$.n`)
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"9007199254740993", "1.50", "1e400", "-0"} {
		if diff := cmp.Diff([]any{json.Number(number)}, p.Select(mustDecode(t, `{"n":`+number+`}`))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", number, diff)
		}
	}
}

// Whatever is parsed selects without a panic, and the same twice.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`$.a['b'][0][-1].*..id`, `$..[?@.a == 'x' && !(@.b < 1.5e3) || count(@..*) > 2]`, `$[?match(@.n, "a.\"b")]`,
		`$[1:2:3, 'a', *]`, `$[?!@.a || !(@.b && $.c[0]) && @['\u00e9\n'] >= -0]`, `$[?length(value(@.x)) == null]`,
	} {
		f.Add(seed)
	}
	v := mustDecode(f, shop)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := jsonpath.Parse(text)
		if err != nil || strings.Count(text, "..")+strings.Count(text, "*") > 4 { // it would take long
			return
		}
		if diff := cmp.Diff(p.Select(v), p.Select(v)); diff != "" {
			t.Fatalf("%q selects this, then that:\n%s", text, diff)
		}
	})
}
