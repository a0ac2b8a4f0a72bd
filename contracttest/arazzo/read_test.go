package arazzo_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/openapi"
)

func operations(t testing.TB) *openapi.Document {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// head is the beginning of every file of the tests, nine lines long.
const head = `arazzo: 1.0.1
info: {title: Tests, version: 1.0.0}
sourceDescriptions:
  - {name: api, url: ../openapi/account-management.yaml, type: openapi}
components:
  parameters:
    auth: {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}
  failureActions:
    again: {name: again, type: retry, retryAfter: 0.5, retryLimit: 3}
workflows:
`

const good = head + `
  - workflowId: login
    summary: Logs in
    steps:
      - stepId: ask
        operationId: $sourceDescriptions.api.issueToken
        x-mutates: false
        requestBody:
          contentType: application/x-www-form-urlencoded
          payload: {grant_type: client_credentials}
        outputs:
          token: $response.body#/access_token
    outputs:
      token: $steps.ask.outputs.token
  - workflowId: tenants
    x-tags: [tenants, core]
    x-requires: [writes]
    dependsOn: [login]
    inputs:
      type: object
      required: [parent]
      properties:
        parent: {type: string, minLength: 1}
        count: {type: integer, minimum: 1, default: 2}
        token: {type: string}
    parameters:
      - reference: $components.parameters.auth
    failureActions:
      - reference: $components.failureActions.again
    steps:
      - stepId: create
        operationId: createTenant
        x-foreach: [a, b]
        requestBody:
          payload:
            name: 'Tenant {$item}'
            parent_id: $inputs.parent
            limits: {count: $inputs.count, open: true, note: null}
          replacements:
            - {target: /limits/count, value: 7}
        successCriteria:
          - condition: $statusCode == 201
          - {context: $response.header.Content-Type, type: regex, condition: '^application/json'}
          - {context: $response.body, type: {type: jsonpath, version: rfc9535}, condition: '$..id'}
        outputs:
          id: $response.body#/id
        x-cleanup:
          - stepId: remove
            operationId: deleteTenant
            parameters:
              - {name: tenant_id, in: path, value: $steps.create.outputs.id}
              - {name: version, in: query, value: 1}
      - stepId: get
        operationId: getTenant
        parameters:
          - {name: Authorization, in: header, value: 'Bearer {$workflows.login.outputs.token}'}
          - {name: tenant_id, in: path, value: '$steps.create.outputs.id[0]'}
        onFailure:
          - {name: back, type: goto, stepId: create, criteria: [{condition: $statusCode == 404}]}
`

func TestAFileIsReadWhole(t *testing.T) {
	t.Parallel()
	doc, err := arazzo.Read("good.yaml", []byte(good), operations(t))
	if err != nil {
		t.Fatal(err)
	}
	w, _ := doc.Workflow("tenants")
	if diff := cmp.Diff([]string{"tenants", "core"}, w.Tags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	create, get := w.Steps[0], w.Steps[1]
	if create.Operation.ID != "createTenant" || len(create.Cleanup) != 1 || len(create.Criteria) != 3 || create.Foreach == nil {
		t.Errorf("the step create is %+v", create)
	}
	for what, ok := range map[string]bool{
		"a parameter of the step overrides the workflow's": len(get.Parameters) == 2,
		"a step inherits parameters":                       len(create.Parameters) == 1 && create.Parameters[0].Name == "Authorization",
		"a cleanup inherits parameters":                    len(create.Cleanup[0].Parameters) == 3,
		"a step inherits actions after its own":            len(get.OnFailure) == 2 && get.OnFailure[1].Name == "again",
		"half a second is kept":                            get.OnFailure[1].After == 500*time.Millisecond,
		"the default of an input is there":                 w.Inputs.Properties["count"].HasDefault,
		"creating changes the target":                      w.Mutating(),
		"a login may say that it does not":                 !doc.Workflows[0].Mutating(),
		"nothing needs a control plane":                    !w.Controlled(),
		"a criterion knows its line":                       create.Criteria[0].Line == 52,
	} {
		if !ok {
			t.Errorf("%s: it is not so", what)
		}
	}
}

// a workflow w of one step s, with more lines at the places.
func flow(step, workflow string) string {
	indent := func(text, by string) string {
		var b strings.Builder
		for line := range strings.Lines(text) {
			b.WriteString(by + line)
		}
		return b.String()
	}
	return head + "  - workflowId: w\n" + indent(workflow, "    ") + "\n    steps:\n      - stepId: s\n        operationId: listUsers\n" + indent(step, "        ")
}

// mistake is a file and what is said of it.
type mistake struct{ file, want string }

func TestWrongNamesAndTypesAreRefusedWithPlaceAndAdvice(t *testing.T) {
	t.Parallel()
	refused(t, map[string]mistake{
		"an unknown key":                   {flow("sucessCriteria: []", ""), `file.yaml:16:9: a step has no key "sucessCriteria"; did you mean "successCriteria"?`},
		"an unknown extension near ours":   {flow("x-forech: [1]", ""), `a step has no key "x-forech"; did you mean "x-foreach"?`},
		"an extension in the wrong place":  {flow("x-tags: [a]", ""), "a step does not take x-tags"},
		"a missing key":                    {head + "  - steps:\n      - {stepId: s, operationId: listUsers}", "file.yaml:11:5: a workflow lacks workflowId"},
		"a wrong type":                     {flow("parameters: {}", ""), "parameters must be a list, not a mapping"},
		"a number for a text":              {flow("description: 3", ""), "description must be text, not a number"},
		"an unknown operation":             {strings.Replace(flow("", ""), "listUsers", "listUser", 1), `file.yaml:15:22: operation "listUser" is unknown; did you mean "listUsers"?`},
		"an unknown source":                {strings.Replace(flow("", ""), "listUsers", "$sourceDescriptions.apo.listUsers", 1), `source "apo" is not there; did you mean "api"?`},
		"an unknown query parameter":       {flow("parameters: [{name: limt, in: query, value: 1}]", ""), `listUsers has no query parameter "limt"; did you mean "limit"?`},
		"an open path":                     {strings.Replace(flow("", ""), "listUsers", "getUser", 1), "step s lacks the path parameter user_id of getUser"},
		"a parameter without place":        {flow("parameters: [{name: limit, value: 1}]", ""), "a parameter lacks in"},
		"an unknown place":                 {flow("parameters: [{name: limit, in: qeury, value: 1}]", ""), `did you mean "query"?`},
		"a component that is not there":    {flow("parameters: [{reference: $components.parameters.aut}]", ""), `$components.parameters.aut is not there; did you mean "auth"?`},
		"an undeclared input":              {flow("parameters: [{name: limit, in: query, value: $inputs.limt}]", "inputs: {type: object, properties: {limit: {type: integer}}}"), `$inputs.limt: workflow w declares no input "limt"; did you mean "limit"?`},
		"an input that a component needs":  {flow("parameters: [{reference: $components.parameters.auth}]", ""), `workflow w declares no input "token"`},
		"an unknown step":                  {flow("parameters: [{name: limit, in: query, value: $steps.t.outputs.x}]", ""), `$steps.t.outputs.x: step "t" is not there; did you mean "s"?`},
		"an unknown output":                {flow("outputs: {count: $statusCode}", "outputs: {n: $steps.s.outputs.cout}"), `step s has no output "cout"; did you mean "count"?`},
		"an unknown workflow":              {flow("parameters: [{name: limit, in: query, value: $workflows.x.outputs.y}]", ""), `workflow "x" is not there`},
		"a workflow it does not depend on": {flow("parameters: [{name: limit, in: query, value: $workflows.v.outputs.y}]", "") + "\n  - {workflowId: v, steps: [{stepId: s, operationId: listUsers}]}", "workflow w must depend on v"},
		"a missing dependency":             {flow("", "dependsOn: [v]"), `workflow w depends on "v", which is not there`},
		"a cycle":                          {flow("", "dependsOn: [v]") + "\n  - {workflowId: v, dependsOn: [w], steps: [{stepId: s, operationId: listUsers}]}", "file.yaml:11:5: workflow w depends on itself: w -> v -> w"},
		"a workflow that is there twice":   {flow("", "") + "\n  - {workflowId: w, steps: [{stepId: s, operationId: listUsers}]}", `there are two workflows "w"`},
		"a step that is there twice":       {head + "  - {workflowId: w, steps: [{stepId: s, operationId: listUsers}, {stepId: s, operationId: listUsers}]}", `there are two steps "s" in workflow w`},
		"a jump to nowhere":                {flow("onSuccess: [{name: a, type: goto, stepId: z}]", ""), `step "z" is not there`},
		"a jump to another workflow":       {flow("onSuccess: [{name: a, type: goto, workflowId: z}]", ""), "workflowId is not supported; jumps stay in their workflow"},
	})
}

func TestWrongActionsCriteriaAndExpressionsAreRefused(t *testing.T) {
	t.Parallel()
	refused(t, map[string]mistake{
		"a retry after success":             {flow("onSuccess: [{name: a, type: retry}]", ""), `a success action has no type "retry"`},
		"a retry without limit":             {flow("onFailure: [{name: a, type: retry}]", ""), "a failure action lacks retryLimit: a retry without limit may never end"},
		"a retry with half a limit":         {flow("onFailure: [{name: a, type: retry, retryLimit: 1.5}]", ""), "retryLimit must be a whole number from 1 to 1000"},
		"a malformed condition":             {flow("successCriteria: [{condition: $statusCode = 200}]", ""), `condition "$statusCode = 200": at character 13: a single "=" is not an operator`},
		"a malformed pattern":               {flow("successCriteria: [{context: $url, type: regex, condition: '('}]", ""), "missing closing )"},
		"a malformed path":                  {flow("successCriteria: [{context: $response.body, type: jsonpath, condition: '$[?'}]", ""), "column 3: unmatched ["},
		"a pattern without context":         {flow("successCriteria: [{type: regex, condition: a}]", ""), "lacks context"},
		"an unknown type of criterion":      {flow("successCriteria: [{type: xpath, condition: a}]", ""), `a criterion has no type "xpath"`},
		"an answer before there is one":     {flow("parameters: [{name: limit, in: query, value: $response.body#/a}]", ""), "there is no request yet"},
		"an element without a list":         {flow("parameters: [{name: limit, in: query, value: $item}]", ""), "$item: there is no x-foreach around it"},
		"the list of its own elements":      {flow("x-foreach: $item", ""), "$item: there is no x-foreach around it"},
		"a malformed expression":            {flow("outputs: {a: $response.bdy}", ""), `did you mean "body"?`},
		"an output without expression":      {flow("outputs: {a: 3}", ""), "an expression must stand here, not a number"},
		"a replacement that points nowhere": {flow("requestBody: {payload: {}, replacements: [{target: a, value: 1}]}", ""), "a JSON pointer begins with /"},
		"a default of the wrong type":       {flow("", "inputs: {type: object, properties: {n: {type: integer, default: x}}}"), "the default must be an integer, not a text"},
		"a required input that is not one":  {flow("", "inputs: {type: object, required: [b]}"), `"b" is required, but is none of the properties`},
		"an unknown keyword of a schema":    {flow("", "inputs: {type: object, propertys: {}}"), `a schema has no key "propertys"; did you mean "properties"?`},
		"a jump of a cleanup":               {flow("x-cleanup: [{stepId: c, operationId: listUsers, onSuccess: [{name: a, type: end}]}]", ""), "neither jump nor end"},
		"a step that runs a workflow":       {flow("workflowId: v", ""), "workflowId is not supported; let the workflow depend on the other one"},
		"a capture of nothing":              {flow("x-capture: {a: {context: $response.body, pattern: 'b'}}", ""), "must have one group in parentheses"},
		"a capture without context":         {flow("x-capture: {a: {pattern: '(b)'}}", ""), "a capture lacks context"},
		"an old version":                    {strings.Replace(flow("", ""), "1.0.1", "2.0.0", 1), `arazzo "2.0.0" is not supported`},
		"a key that is written twice":       {flow("description: a\ndescription: b", ""), `"description" is written twice`},
		"what is not YAML":                  {"arazzo: [", "not YAML"},
		"nothing at all":                    {"", "the file is empty"},
		"an anchor":                         {flow("description: &a text", ""), "anchors, aliases"},
		"a component that nobody uses":      {strings.Replace(flow("", ""), "retryLimit: 3", "retryLimt: 3", 1), `a failure action has no key "retryLimt"`},
	})
}

func refused(t *testing.T, mistakes map[string]mistake) {
	t.Helper()
	for name, tt := range mistakes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := arazzo.Read("file.yaml", []byte(tt.file), operations(t))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Read() = %v\nwant an error with %s", err, tt.want)
			}
		})
	}
}

func TestAllProblemsAreReportedAtOnceInTheirOrder(t *testing.T) {
	t.Parallel()
	file := flow("bad: 1\nworse: 2", "")
	_, err := arazzo.Read("file.yaml", []byte(file), operations(t))
	var refused *arazzo.Error
	if !errors.As(err, &refused) || len(refused.Problems) != 2 || refused.Problems[0].Line >= refused.Problems[1].Line {
		t.Errorf("Read() = %v, want two problems in their order", err)
	}
	var many strings.Builder
	for i := range 70 {
		fmt.Fprintf(&many, "bad%d: 1\n", i)
	}
	_, err = arazzo.Read("file.yaml", []byte(flow(many.String(), "")), operations(t))
	if !errors.As(err, &refused) || len(refused.Problems) != 50 || refused.More != 20 {
		t.Errorf("Read() = %v, want 50 problems and 20 more", err)
	}
}

func TestUnknownExtensionsOfOthersAreIgnored(t *testing.T) {
	t.Parallel()
	if _, err := arazzo.Read("file.yaml", []byte(flow("x-operation: {url: a}", "")), operations(t)); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	doc := operations(f)
	f.Add(good)
	f.Add(flow("x-cleanup: [{stepId: c, operationId: listUsers}]\nx-fault: [{kind: a}]", "x-foreach: $inputs.a"))
	f.Fuzz(func(t *testing.T, text string) {
		d, err := arazzo.Read("f", []byte(text), doc)
		if (d == nil) == (err == nil) {
			t.Fatalf("Read() = %v, %v", d, err)
		}
		if d == nil {
			return
		}
		for _, w := range d.Workflows {
			w.All(func(s *arazzo.Step) {
				if s.Operation == nil {
					t.Fatalf("step %s has no operation", s.ID)
				}
			})
		}
	})
}
