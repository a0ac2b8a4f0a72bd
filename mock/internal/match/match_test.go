package match_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/openapi"
)

const (
	acme   = "a0000000-0000-4000-8000-000000000001"
	harbor = "a0000000-0000-4000-8000-000000000002"
)

func document(t testing.TB) *openapi.Document {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func compile(t testing.TB, m match.Matcher) *match.Compiled {
	t.Helper()
	c, problems := m.Compile(document(t))
	if len(problems) > 0 {
		t.Fatalf("Compile(%+v): %v", m, problems)
	}
	return c
}

// request is one that most cases below match.
func request() *match.Request {
	return &match.Request{
		Operation: "createUser", Tags: []string{"users"}, Method: "POST", Path: "/api/2/users",
		Query:  url.Values{"force": {"true"}, "uuids": {"a,b", "c"}},
		Header: http.Header{"User-Agent": {"sync/1.0"}, "Content-Type": {"application/json"}},
		Body:   []byte(`{"login":"ada","enabled":true,"contact":{"types":["legal","billing"],"phone":null},"n":1.50,"a b":{"c":[{"id":7}]}}`),
		User:   "b0000000-0000-4000-8000-000000000001", Login: "ada@acme.example", Roles: []string{"company_admin", "readonly"},
		Tenants: []string{harbor},
		Below:   func(tenant, root string) bool { return tenant == harbor && root == acme },
		Status:  404, Cause: "state", Faults: []string{"flaky-users", "error"},
	}
}

// m keeps the table below readable.
type m = match.Matcher

var picks = map[string]struct {
	matcher match.Matcher
	want    bool
}{
	"an empty one picks every request":         {m{}, true},
	"an operationId":                           {m{Operation: "createUser"}, true},
	"another operationId":                      {m{Operation: "updateUser"}, false},
	"a glob of operationIds":                   {m{Operation: "create*"}, true},
	"one of alternatives":                      {m{Operation: "getUser, cre?teUser"}, true},
	"a tag":                                    {m{Tag: "users"}, true},
	"a tag, exactly":                           {m{Tag: "clients"}, false},
	"a method in any case":                     {m{Method: "post"}, true},
	"one of several methods":                   {m{Method: "PUT,POST"}, true},
	"a path":                                   {m{Path: "/api/2/users"}, true},
	"a glob of paths goes over slashes":        {m{Path: "/api/*ers"}, true},
	"a path is matched as a whole":             {m{Path: "/api/2"}, false},
	"a tenant":                                 {m{Tenant: harbor}, true},
	"a tenant is not the tree below it":        {m{Tenant: acme}, false},
	"the tree below a tenant":                  {m{Subtree: acme}, true},
	"the root of a subtree is in it":           {m{Subtree: harbor}, true},
	"no client":                                {m{Client: "b0000000-0000-4000-8000-000000000001"}, false},
	"a user by id":                             {m{User: "b0000000-0000-4000-8000-000000000001"}, true},
	"a user by login, whatever its case":       {m{User: "Ada@Acme.example"}, true},
	"a role":                                   {m{Role: "readonly"}, true},
	"a role that the actor lacks":              {m{Role: "root_admin"}, false},
	"a header by a glob, its name in any case": {m{Header: map[string]string{"user-agent": "sync/*"}}, true},
	"a header that is absent":                  {m{Header: map[string]string{"X-None": "*"}}, false},
	"a query parameter":                        {m{Query: map[string]string{"force": "true"}}, true},
	"one of the values of a query parameter":   {m{Query: map[string]string{"uuids": "c"}}, true},
	"a member of the body":                     {m{Body: map[string]any{"$.login": "ada"}}, true},
	"a member of the body with another value":  {m{Body: map[string]any{"$.login": "bob"}}, false},
	"a text is no boolean":                     {m{Body: map[string]any{"$.enabled": "true"}}, false},
	"a boolean":                                {m{Body: map[string]any{"$.enabled": true}}, true},
	"null":                                     {m{Body: map[string]any{"$.contact.phone": nil}}, true},
	"numbers count by value":                   {m{Body: map[string]any{"$.n": 1.5}}, true},
	"an element":                               {m{Body: map[string]any{"$.contact.types[0]": "legal"}}, true},
	"an element from the end":                  {m{Body: map[string]any{"$.contact.types[-1]": "billing"}}, true},
	"no element beyond the end":                {m{Body: map[string]any{"$.contact.types[2]": map[string]any{"exists": true}}}, false},
	"any element":                              {m{Body: map[string]any{"$.contact.types[*]": "billing"}}, true},
	"a whole list":                             {m{Body: map[string]any{"$.contact.types": []string{"legal", "billing"}}}, true},
	"a list in another order":                  {m{Body: map[string]any{"$.contact.types": []string{"billing", "legal"}}}, false},
	"a quoted name":                            {m{Body: map[string]any{"$['a b'].c[0].id": 7}}, true},
	"at any depth":                             {m{Body: map[string]any{"$..id": 7}}, true},
	"any member":                               {m{Body: map[string]any{"$.*": "ada"}}, true},
	"a member exists":                          {m{Body: map[string]any{"$.contact.phone": map[string]any{"exists": true}}}, true},
	"a member does not exist":                  {m{Body: map[string]any{"$.password": map[string]any{"exists": false}}}, true},
	"a member that should not exist":           {m{Body: map[string]any{"$.login": map[string]any{"exists": false}}}, false},
	"a status":                                 {m{Status: "404"}, true},
	"a class of statuses":                      {m{Status: "4xx"}, true},
	"one of several statuses":                  {m{Status: "2xx,404"}, true},
	"another class":                            {m{Status: "2xx"}, false},
	"a cause":                                  {m{Cause: "state"}, true},
	"a fault by its rule":                      {m{Fault: "flaky-users"}, true},
	"a fault by its kind":                      {m{Fault: "error"}, true},
	"all members must hold":                    {m{Operation: "createUser", Role: "root_admin"}, false},
}

func TestAMatcherPicksWhatAllItsMembersHoldFor(t *testing.T) {
	t.Parallel()
	for name, tt := range picks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := compile(t, tt.matcher)
			if got := c.Matches(request()); got != tt.want {
				t.Errorf("Matches = %v, want %v: %v", got, tt.want, c.Mismatches(request()))
			}
			if got := len(c.Mismatches(request())) == 0; got != tt.want {
				t.Errorf("Mismatches = %v, while Matches is %v", c.Mismatches(request()), tt.want)
			}
		})
	}
}

func TestWhatIsNotThereMatchesNothing(t *testing.T) {
	t.Parallel()
	none := &match.Request{}
	for name, m := range map[string]match.Matcher{
		"no route is no operation":  {Operation: "*"},
		"no body has no member":     {Body: map[string]any{"$": map[string]any{"exists": true}}},
		"no answer has no status":   {Status: "4xx"},
		"nobody holds no role":      {Role: "readonly"},
		"nothing is below a tenant": {Subtree: acme},
	} {
		if compile(t, m).Matches(none) {
			t.Errorf("%s: an empty request matches", name)
		}
	}
	broken := &match.Request{Body: []byte(`{"login":"ada"`)}
	if compile(t, match.Matcher{Body: map[string]any{"$.login": "ada"}}).Matches(broken) {
		t.Error("a body that is no JSON matches")
	}
	if !compile(t, match.Matcher{Subtree: harbor}).Matches(&match.Request{Tenants: []string{harbor}}) {
		t.Error("without a tree a subtree is not even its root")
	}
}

func TestAFormCountsAsAnObject(t *testing.T) {
	t.Parallel()
	r := &match.Request{
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=utf-8"}},
		Body:   []byte("grant_type=client_credentials&scope=a&scope=b"),
	}
	m := match.Matcher{Body: map[string]any{"$.grant_type": "client_credentials", "$.scope[1]": "b"}}
	if misses := compile(t, m).Mismatches(r); len(misses) > 0 {
		t.Errorf("Mismatches = %v", misses)
	}
}

func TestMismatchesSayWhatIsWantedAndWhatThereIs(t *testing.T) {
	t.Parallel()
	m := match.Matcher{
		Operation: "listUsers", Tenant: acme, Role: "root_admin", Status: "2xx",
		Header: map[string]string{"user-agent": "curl/*"}, Body: map[string]any{"$.login": "bob", "$.none": 1},
	}
	want := []match.Mismatch{
		{Field: "operation", Want: "listUsers", Got: "createUser"},
		{Field: "tenant", Want: acme, Got: harbor},
		{Field: "role", Want: "root_admin", Got: "company_admin, readonly"},
		{Field: "header User-Agent", Want: "curl/*", Got: "sync/1.0"},
		{Field: "body $.login", Want: `"bob"`, Got: `"ada"`},
		{Field: "body $.none", Want: "1", Got: ""},
		{Field: "status", Want: "2xx", Got: "404"},
	}
	if diff := cmp.Diff(want, compile(t, m).Mismatches(request())); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesAreRefusedWithAdvice(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		matcher        match.Matcher
		pointer, hints string
	}{
		"an unknown operationId":        {m{Operation: "listUser"}, "/operation", "did you mean listUsers?"},
		"case matters in operationIds":  {m{Operation: "getuser"}, "/operation", "did you mean getUser?"},
		"one unknown alternative":       {m{Operation: "getUser,nothingLikeIt"}, "/operation", `"nothingLikeIt"`},
		"a glob of no operation":        {m{Operation: "fetch*"}, "/operation", "spec operations"},
		"an empty alternative":          {m{Operation: "getUser,"}, "/operation", `""`},
		"an unknown tag":                {m{Tag: "user"}, "/tag", "did you mean users?"},
		"an unknown method":             {m{Method: "PSOT"}, "/method", "did you mean POST?"},
		"a path without a slash":        {m{Path: "api/2/users"}, "/path", "begins with a slash"},
		"a path with a prefix":          {m{Path: "/s/one/api/2/users"}, "/path", "leave it out"},
		"a path with a parameter":       {m{Path: "/api/2/users/{user_id}"}, "/path", "write *"},
		"a tenant by name":              {m{Tenant: "Acme"}, "/tenant", "UUIDs"},
		"a subtree by name":             {m{Subtree: "Acme"}, "/subtree", "UUIDs"},
		"a header that is none":         {m{Header: map[string]string{"a/b c": "x"}}, "/header/a~1b c", "no name of a header"},
		"a path expression without $":   {m{Body: map[string]any{"login": "x"}}, "/body/login", "column 0: expected '$'"},
		"a bracket left open":           {m{Body: map[string]any{"$.a[0": 1}}, "/body/$.a[0", "unmatched ["},
		"a quote left open":             {m{Body: map[string]any{"$['a": 1}}, "/body/$['a", "column 2"},
		"a name left out":               {m{Body: map[string]any{"$.": 1}}, "/body/$.", "unexpected end"},
		"an expression that is no step": {m{Body: map[string]any{"$x": 1}}, "/body/$x", "column 1"},
		"exists is a boolean":           {m{Body: map[string]any{"$.a": map[string]any{"exists": "yes"}}}, "/body/$.a", "true or false"},
		"a value that is no JSON":       {m{Body: map[string]any{"$.a": func() {}}}, "/body/$.a", "no JSON"},
		"a status that is none":         {m{Status: "9xx"}, "/status", "such as 404"},
		"an unknown cause":              {m{Cause: "authn"}, "/cause", "did you mean auth?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, problems := tt.matcher.Compile(document(t))
			if c != nil || len(problems) != 1 {
				t.Fatalf("Compile = %v, %v; want one problem", c, problems)
			}
			if problems[0].Pointer != tt.pointer || !strings.Contains(problems[0].Detail, tt.hints) {
				t.Errorf("the problem is %+v; want %s with %q", problems[0], tt.pointer, tt.hints)
			}
		})
	}
}

func TestAllMistakesComeAtOnce(t *testing.T) {
	t.Parallel()
	m := match.Matcher{Operation: "x", Tag: "x", Method: "x", Path: "x", Tenant: "x", Subtree: "x", Status: "x", Cause: "x"}
	if _, problems := m.Compile(document(t)); len(problems) != 8 {
		t.Errorf("%d problems, want 8: %v", len(problems), problems)
	}
}

func TestWithoutADocumentNamesAreFree(t *testing.T) {
	t.Parallel()
	m := match.Matcher{Operation: "anything", Tag: "any"}
	if _, problems := m.Compile(nil); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestMembersAboutAnswersAreNamed(t *testing.T) {
	t.Parallel()
	m := match.Matcher{Operation: "getUser", Status: "404", Cause: "state", Fault: "x"}
	if diff := cmp.Diff([]string{"status", "cause", "fault"}, m.OfAnswers()); diff != "" {
		t.Error(diff)
	}
}

func TestNearestIsNothingWhereNothingIsNear(t *testing.T) {
	t.Parallel()
	known := []string{"latency", "lost_ack", "error"}
	for word, want := range map[string]string{"latancy": "latency", "lost-ack": "lost_ack", "ERROR": "error", "webhook": "", "": ""} {
		if got := match.Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

// FuzzCompile holds that nothing in a matcher breaks its compiler, and that what compiles can be asked.
func FuzzCompile(f *testing.F) {
	doc := document(f)
	for _, seed := range []string{"$.a['b'][0]..c[*]", "$..*", "$['\\'']", "$[", "$..", "*", "get*,a?b", "4xx", "/api/*", "$...a", "$[-1]"} {
		f.Add(seed, `{"a":{"b":[{"c":[1]}]}}`)
	}
	f.Fuzz(func(t *testing.T, text, body string) {
		for _, m := range []match.Matcher{
			{Operation: text, Tag: text, Method: text, Path: text, Status: text, Cause: text},
			{Header: map[string]string{text: text}, Query: map[string]string{text: text}},
			{Body: map[string]any{text: map[string]any{"exists": true}}},
			{Path: "*" + text},
		} {
			c, problems := m.Compile(doc)
			if (c == nil) != (len(problems) > 0) {
				t.Fatalf("Compile(%+v) = %v, %v", m, c, problems)
			}
			r := &match.Request{Operation: text, Path: text, Body: []byte(body)}
			if matches := c.Matches(r); c != nil && matches != (len(c.Mismatches(r)) == 0) {
				t.Fatalf("%+v: Matches = %v, Mismatches = %v", m, matches, c.Mismatches(r))
			}
		}
	})
}
