package journal_test

import (
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/journal"
)

func answered(status int) journal.Response { return journal.Response{Status: status} }

var explained = map[string]struct {
	entry journal.Entry
	want  []string
}{
	"a misspelt path": {
		journal.Entry{Cause: "route", Method: "GET", Path: "/api/2/user/x", Response: answered(404)},
		[]string{"no operation has the path /api/2/user/x", "the nearest is GET /api/2/users/{user_id} (getUser)"},
	},
	"a path without its base, in a sandbox": {
		journal.Entry{Cause: "route", Method: "POST", Path: "/s/one/clients", Response: answered(404)},
		[]string{"path /clients", "POST /api/2/clients (createClient)"},
	},
	"a path like no other": {
		journal.Entry{Cause: "route", Method: "GET", Path: "/this/is/quite/another/thing/altogether", Response: answered(404)},
		[]string{"none is like it"},
	},
	"a wrong method": {
		journal.Entry{Cause: "route", Method: "PATCH", Path: "/api/2/users", Response: answered(405)},
		[]string{"PATCH is not a method of /api/2/users", "GET /api/2/users (listUsers), POST /api/2/users (createUser)"},
	},
	"an escaped slash": {
		journal.Entry{Cause: "route", Method: "GET", Path: "/api/2/users%2Fx", Reason: "no operation has the path /api/2/users/x", Response: answered(404)},
		[]string{"no operation has the path /api/2/users/x; GET /api/2/users/{user_id} (getUser) takes no slash"},
	},
	"an unknown sandbox": {
		journal.Entry{Cause: "route", Method: "GET", Path: "/s/gone/api/2/users", Reason: `sandbox "gone" does not exist`, Response: answered(404)},
		[]string{`sandbox "gone" does not exist.`},
	},
	"missing credentials": {
		journal.Entry{Cause: "auth", Operation: "getUser", Reason: "the access token is not valid, expired or revoked", Response: answered(401)},
		[]string{"the access token is not valid, expired or revoked; getUser takes a bearer token or HTTP Basic credentials"},
	},
	"bad credentials where none are needed": {
		journal.Entry{Cause: "auth", Operation: "issueToken", Reason: "the client is not known.", Response: answered(401)},
		[]string{"the client is not known; issueToken"},
	},
	"a missing scope": {
		journal.Entry{Cause: "scope", Operation: "createTenant", Actor: journal.Actor{Kind: journal.ByUser, Login: "ada", ID: "7", Scopes: []string{"account-server::tenant_viewer"}}},
		[]string{"createTenant needs one of the scopes urn:acronis.com::account-server::", "user ada 7 has account-server::tenant_viewer."},
	},
	"a missing scope of nobody": {
		journal.Entry{Cause: "scope", Operation: "createTenant", Actor: journal.Actor{Kind: journal.ByDevice, Tenant: "t"}},
		[]string{"the device of tenant t has none."},
	},
	"a violation": {
		journal.Entry{Cause: "spec", Findings: []journal.Finding{{In: "body", Pointer: "/contact/email", Reason: "is required"}}},
		[]string{"refused: body /contact/email is required; with that put right"},
	},
	"several violations": {
		journal.Entry{Cause: "spec", Findings: []journal.Finding{{In: "body", Reason: "is required"}, {}, {}}},
		[]string{"body is required, and 2 more findings"},
	},
	"a body that is too large": {
		journal.Entry{Cause: "spec", Reason: "the body is larger than 9 bytes"}, []string{"refused: the body is larger than 9 bytes."},
	},
	"the state": {
		journal.Entry{Cause: "state", Reason: `login "ada" is in use`}, []string{`refused: login "ada" is in use; the same request passes`},
	},
	"a policy": {
		journal.Entry{Cause: "policy", Reason: "not within reach", Actor: journal.Actor{Kind: journal.ByClient, ID: "c", Roles: []string{"readonly"}}},
		[]string{"not within reach; a caller with the rights", "client c has the role readonly"},
	},
	"a fault": {
		journal.Entry{Cause: "injected", Injected: true, Faults: []journal.Fault{{Rule: "flaky", Kind: "error", Index: 3}}},
		[]string{`rule "flaky" (error, match number 3)`, "without it the operation would have answered"},
	},
	"nothing": {
		journal.Entry{Response: answered(200)}, []string{"was not refused: it was answered with 200."},
	},
	"a warning": {
		journal.Entry{Response: answered(200), Warnings: []journal.Finding{{In: "query", Pointer: "x", Reason: "is not documented"}}},
		[]string{"not refused", "although query x is not documented"},
	},
	"our own failure": {
		journal.Entry{Response: answered(500)}, []string{"not refused: the server itself failed with 500"},
	},
	"no answer yet": {
		journal.Entry{State: journal.InFlight}, []string{"in flight"},
	},
}

func TestExplainSaysWhyAndWhatWouldHavePassed(t *testing.T) {
	t.Parallel()
	for name, tt := range explained {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := journal.Explain(document(t), &tt.entry)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("Explain = %q, want %q in it", got, want)
				}
			}
			if strings.Contains(got, "\n") || !strings.HasSuffix(got, ".") {
				t.Errorf("%q is not one sentence", got)
			}
			if journal.Explain(nil, &tt.entry) == "" {
				t.Error("without a document there is no explanation")
			}
		})
	}
}

// FuzzExplain holds that no entry breaks the explanation: it must not be one more thing that goes wrong.
func FuzzExplain(f *testing.F) {
	doc := document(f)
	for _, cause := range []string{"", "route", "auth", "scope", "spec", "state", "policy", "injected", "other"} {
		f.Add(cause, "getUser", "GET", "/api/2/users/%zz", "why", "client", "ada", 404, true)
		f.Add(cause, "none", "", "//s//..", "\n", "device", "", 0, false)
	}
	f.Fuzz(func(t *testing.T, cause, operation, method, path, reason, kind, text string, status int, list bool) {
		e := &journal.Entry{
			Cause: cause, Operation: operation, Method: method, Path: path, Reason: reason, Response: journal.Response{Status: status},
			Actor: journal.Actor{Kind: kind, ID: text, Login: text},
		}
		if list {
			e.Findings = []journal.Finding{{In: text, Pointer: path, Reason: reason}}
			e.Faults = []journal.Fault{{Rule: text, Kind: kind}}
			e.Actor.Roles, e.Actor.Scopes = []string{text}, []string{text}
		}
		if got := journal.Explain(doc, e); got == "" || !strings.HasSuffix(got, ".") {
			t.Errorf("Explain(%+v) = %q", e, got)
		}
		e.Seen(nil)
	})
}
