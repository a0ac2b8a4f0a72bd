package inject_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi"
)

// TestADriftIsTheOneThatTheDocumentForbids lets an operation drift under many seeds: each answer differs from the sound
// one in the way of its mode, and the document says so.
func TestADriftIsTheOneThatTheDocumentForbids(t *testing.T) {
	t.Parallel()
	for mode, tt := range map[string]struct {
		violates string // what the document says of the answer; "" nothing
		sign     string // what is in the answer
	}{
		"unknown_enum":     {"must be one of", `"unknown_value"`},
		"new_member":       {"", `"introduced_later":{"since":"2.1"}`},
		"missing_optional": {"", ""},
		"null":             {"must", "null"},
		"number_as_string": {"must be", ""},
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			sound := string(r.get("/tenants/" + acme).Reply.Body)
			answers := map[string]bool{}
			for seed := range 20 {
				r.put(fmt.Sprintf(`{"id":"a","kind":"schema_drift","seed":%d,"with":{"mode":%q}}`, seed, mode))
				ex := r.get("/tenants/" + acme)
				body := string(ex.Reply.Body)
				if !ex.Injected || !json.Valid(ex.Reply.Body) || !strings.Contains(body, tt.sign) || body == sound {
					t.Fatalf("seed %d: %s", seed, body)
				}
				violation := ""
				for _, f := range ex.Operation.CheckResponse(ex.Reply.Status, ex.Reply.Header, ex.Reply.Body) {
					if f.Severity == openapi.Violation {
						violation += f.Reason
					}
				}
				if (violation != "") != (tt.violates != "") || !strings.Contains(violation, tt.violates) {
					t.Errorf("seed %d: the document says %q of %s", seed, violation, body)
				}
				answers[body] = true
			}
			if len(answers) < 2 {
				t.Errorf("twenty seeds make one answer: %v", answers)
			}
		})
	}
}

func TestADriftIsTheSameInAllItemsOfAList(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"a","kind":"schema_drift","with":{"mode":"missing_optional","member":"name"}}`)
	ex := r.get("/tenants?uuids=" + acme + "," + harbor)
	var got struct {
		Items []map[string]any `json:"items"`
	}
	if err := json.Unmarshal(ex.Reply.Body, &got); err != nil || len(got.Items) != 2 {
		t.Fatalf("%s: %v", ex.Reply.Body, err)
	}
	var left []string
	for _, item := range got.Items {
		if _, has := item["name"]; has {
			left = append(left, fmt.Sprint(item["id"]))
		}
	}
	if diff := cmp.Diff([]string(nil), left); diff != "" {
		t.Errorf("items with a name: %s", diff)
	}
}
