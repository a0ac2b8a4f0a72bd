package record_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	client   = "c11e0000-0000-4000-8000-000000000001"
	password = "the-client-secret-of-the-session"
	form     = "application/x-www-form-urlencoded"
)

// session plays a life of a user as a client does it.
func session(t *testing.T) *stage {
	t.Helper()
	s := setUp(t, replies(map[string]string{
		"POST /api/2/idp/token":       `{"access_token": "` + token + `", "token_type": "bearer", "expires_in": 7200}`,
		"GET /api/2/users/me":         `{"id": "` + client + `", "tenant_id": "` + tenant + `", "version": 1}`,
		"POST /api/2/users":           `{"id": "` + user + `", "version": 1, "login": "homer", "tenant_id": "` + tenant + `"}`,
		"GET /api/2/users/" + user:    `{"id": "` + user + `", "version": 2}`,
		"DELETE /api/2/users/" + user: "",
		"GET /api/2/tenants":          `{"items": [], "paging": {"cursors": {"after": "b3BhcXVl"}}}`,
		"GET /api/2/own":              `{}`,
	}), nil)
	s.send("POST", "/api/2/idp/token", "grant_type=client_credentials&client_id="+client+"&client_secret="+password, "Content-Type", form)
	s.json("GET", "/api/2/users/me", "")
	s.json("POST", "/api/2/users", `{"tenant_id": "`+tenant+`", "login": "homer", "language": "en",
		"contact": {"email": "homer@springfield.test", "firstname": "Homer", "phone": "+49 151 1234567", "types": ["billing"]}}`)
	s.json("GET", "/api/2/users/check_login?username=homer", "")
	s.json("GET", "/api/2/tenants?subtree_root_id="+tenant+"&limit=1", "")
	s.json("GET", "/api/2/tenants?limit=1&after=b3BhcXVl", "")
	s.json("GET", "/api/2/own", "")
	s.json("GET", "/api/2/users/"+user, "")
	s.json("DELETE", "/api/2/users/"+user+"?version=2", "")
	return s
}

// The file is what a reviewer reads: TENANTRY_UPDATE=1 go test writes it again.
func TestASessionBecomesAScenario(t *testing.T) {
	t.Parallel()
	d, _ := session(t).draft()
	golden := filepath.Join("testdata", "session.yaml")
	if os.Getenv("TENANTRY_UPDATE") != "" {
		if err := os.WriteFile(golden, d.Text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(d.Text)); diff != "" {
		t.Error(diff)
	}
}

// one is the draft of a session of one request.
func one(t *testing.T, s *stage) string {
	t.Helper()
	d, doc := s.draft()
	w, ok := doc.Workflow("recorded")
	if !ok || len(w.Steps) == 0 {
		t.Fatalf("there is no step:\n%s", d.Text)
	}
	return string(d.Text)
}

func TestWhatARequestHoldsIsWrittenByItsKind(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ method, path, media, body, want, never string }{
		"a basic credential is an input":         {"GET", "/api/2/users/me", "", "", "{name: Authorization, in: header, value: 'Basic {$inputs.basic}'}", "aG9tZXI6ZG9udXRz"},
		"a token in the query is the login's":    {"GET", "/api/2/users/me?access_token=abcdefgh", "", "", "{name: access_token, in: query, value: $workflows.login.outputs.token}", "abcdefgh"},
		"a text to search for gets a stand-in":   {"GET", "/api/2/search?tenant=" + tenant + "&text=Homer", "", "", "{name: text, in: query, value: 'Text 1'}", "Homer"},
		"ids between commas stay":                {"GET", "/api/2/users?uuids=" + tenant + "," + user, "", "", "value: '" + tenant + "," + user + "'", ""},
		"numbers, times and flags stay":          {"GET", "/api/2/users?limit=5&updated_since=2026-01-01T00:00:00Z&allow_deleted=true", "", "", "updated_since, in: query, value: '2026-01-01T00:00:00Z'", ""},
		"an undocumented parameter says so":      {"GET", "/api/2/users?colour=12", "", "", "{name: colour, in: query, value: '12', x-undeclared: true}", ""},
		"a parameter that may be a value is out": {"GET", "/api/2/users?homer@springfield.test=12", "", "", "query parameter that the document does not know", "homer@springfield.test"},
		"a password is an input":                 {"POST", "/api/2/users/" + user + "/password", "application/json", `{"password": "Donuts!1"}`, "password: $inputs.password", "Donuts"},
		"a number under a secret's name too":     {"POST", "/api/2/users/" + user + "/password", "application/json", `{"password": 73537353}`, "{type: number, description: 'a secret of the session', writeOnly: true}", "73537353"},
		"a number that is a secret elsewhere is none of the document": {
			"POST", "/api/2/users?code=73537353", "application/json", `{"data": {"count": 73537353}}`, "count: 'Text 1'", "73537353",
		},
		"what is below a secret's name too": {"POST", "/api/2/clients", "application/json", `{"client_secret": {"parts": ["Donuts!1"]}}`, "- $inputs.", "Donuts"},
		"a form is an object":               {"POST", "/api/2/idp/revoke_token", form, "token=abcdefgh&token_type_hint=access_token", "token_type_hint: access_token", "abcdefgh"},
		"broken JSON stays broken":          {"POST", "/api/2/users", "application/json", `{"login": "homer`, "payload: '{'", "homer"},
		"a text as a body stays JSON":       {"POST", "/api/2/users", "application/json", `"homer"`, `payload: '"Text 1"'`, "homer"},
		"an image is one pixel":             {"POST", "/api/2/tenants/" + tenant + "/brand/logo", "image/png", "\x89PNG homer", "payload: 'data:;base64,", "homer"},
		"other bodies are not kept":         {"POST", "/api/2/users", "text/homer", "homer", "contentType: text/plain", "homer"},
		"a URL gets a host":                 {"POST", "/api/2/clients", "application/json", `{"redirect_uris": ["https://homer.test/cb?x=1"]}`, "'https://host1.example.com/'", "homer"},
		"a member that may be a value is renamed": {
			"POST", "/api/2/clients", "application/json", `{"data": {"homer@springfield.test": true}}`, "member_1: true", "springfield",
		},
		"what YAML reads as something else is quoted": {"POST", "/api/2/clients", "application/json", `{"type": "on", "data": {"on": null}}`, "'on': null", ""},
		"what looks like an expression is none":       {"POST", "/api/2/users", "application/json", `{"login": "$statusCode", "notifications": ["{$url}"]}`, "login: 'user1-{$inputs.run_id}'", "$url"},
		"the state of an address is no secret": {
			"POST", "/api/2/users", "application/json", `{"contact": {"state": "Springfield"}}`, "state: 'Text 1'", "Springfield",
		},
		"a name in what is sold is a word": {
			"PUT", "/api/2/tenants/" + tenant + "/offering_items", "application/json", `{"offering_items": [{"name": "pg_base_storage"}]}`, "name: pg_base_storage", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }), nil)
			headers := []string{}
			if tt.media != "" {
				headers = append(headers, "Content-Type", tt.media)
			}
			if tt.never == "aG9tZXI6ZG9udXRz" {
				headers = append(headers, "Authorization", "Basic "+tt.never)
			}
			s.send(tt.method, tt.path, tt.body, headers...)
			text := one(t, s)
			if !strings.Contains(text, tt.want) {
				t.Errorf("want %s in\n%s", tt.want, text)
			}
			if tt.never != "" && strings.Contains(text, tt.never) {
				t.Errorf("%q is in\n%s", tt.never, text)
			}
		})
	}
}

func TestAVersionIsTheOneOfTheObjectThatTheRequestIsAbout(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(map[string]string{
		"GET /api/2/users/" + user:        `{"id": "` + user + `", "version": 3}`,
		"GET /api/2/tenants/" + tenant:    `{"id": "` + tenant + `", "version": 3}`,
		"DELETE /api/2/users/" + user:     "",
		"DELETE /api/2/tenants/" + tenant: "",
	}), nil)
	s.json("GET", "/api/2/users/"+user, "")
	s.json("GET", "/api/2/tenants/"+tenant, "")
	s.json("DELETE", "/api/2/users/"+user+"?version=3", "")
	s.json("DELETE", "/api/2/tenants/"+tenant+"?version=2", "")
	d, _ := s.draft()
	for _, want := range []string{
		"{name: version, in: query, value: $steps.getUser.outputs.version}",
		"{name: version, in: query, value: '2'}", // a stale one stays stale
	} {
		if !strings.Contains(string(d.Text), want) {
			t.Errorf("want %s in\n%s", want, d.Text)
		}
	}
}

func TestTheVersionsOfAListAreThoseOfItsElements(t *testing.T) {
	t.Parallel()
	policies := "/api/2/users/" + user + "/access_policies"
	list := `{"items": [{"id": "` + client + `", "version": 1}, {"id": "` + tenant + `", "version": 1}]}`
	s := setUp(t, replies(map[string]string{
		"GET /api/2/users/" + user: `{"id": "` + user + `", "version": 1}`, "GET " + policies: list, "PUT " + policies: list,
	}), nil)
	s.json("GET", policies, "")
	s.json("GET", "/api/2/users/"+user, "")
	s.json("PUT", policies, `{"items": [{"id": "`+tenant+`", "version": 1}, {"version": 1}]}`)
	d, _ := s.draft()
	for _, want := range []string{
		"id: $steps.listAccessPolicies.outputs.id\n", "version: $steps.listAccessPolicies.outputs.version\n", "version: 1\n",
		"version: $response.body#/items/1/version\n",
	} {
		if strings.Count(string(d.Text), want) != 1 {
			t.Errorf("want %s once in\n%s", want, d.Text)
		}
	}
}

func TestANumberIsAReferenceOnlyIfItIsAnID(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(map[string]string{
		"GET /api/2/tenants/" + tenant:            `{"brand_id": 7, "version": 7}`,
		"POST /api/2/registration_tokens":         `{"id": 7, "token": "0123-4567-89AB"}`,
		"DELETE /api/2/registration_tokens/7":     "",
		"GET /api/2/tenants":                      `{}`,
		"GET /api/2/tenants/" + tenant + "/brand": `{}`,
	}), nil)
	s.json("GET", "/api/2/tenants/"+tenant, "")
	s.json("POST", "/api/2/registration_tokens", `{"expires_in": 7}`)
	s.json("DELETE", "/api/2/registration_tokens/7", "")
	s.json("GET", "/api/2/tenants?limit=7", "")
	d, _ := s.draft()
	for _, want := range []string{
		"{name: token_id, in: path, value: $steps.createRegistrationToken.outputs.id}", "expires_in: 7", "{name: limit, in: query, value: '7'}",
	} {
		if !strings.Contains(string(d.Text), want) {
			t.Errorf("want %s in\n%s", want, d.Text)
		}
	}
}

func TestASecondTokenComesFromItsOwnStep(t *testing.T) {
	t.Parallel()
	n := 0
	s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n++
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"access_token": "%s-%d"}`, token, n)
	}), nil)
	ask := "grant_type=client_credentials&client_id=" + client + "&client_secret=" + password
	s.send("POST", "/api/2/idp/token", ask, "Content-Type", form)
	s.send("POST", "/api/2/idp/token", ask+"&scope=offline_access", "Content-Type", form)
	s.send("GET", "/api/2/users/me", "", "Authorization", "Bearer "+token+"-1")
	s.send("GET", "/api/2/users/me", "", "Authorization", "Bearer "+token+"-2")
	s.send("GET", "/api/2/users/me", "", "Authorization", "Bearer another-token")
	d, doc := s.draft()
	if len(doc.Workflows) != 2 || doc.Workflows[0].ID != "login" || len(doc.Workflows[1].Steps) != 4 {
		t.Errorf("want the workflows login and recorded, the latter with four steps:\n%s", d.Text)
	}
	for _, want := range []string{
		"Bearer {$workflows.login.outputs.token}", "Bearer {$steps.issueToken.outputs.access_token}", "Bearer {$inputs.access_token}",
	} {
		if strings.Count(string(d.Text), "'"+want+"'") != 1 {
			t.Errorf("want %s once in\n%s", want, d.Text)
		}
	}
}

func TestWithoutADocumentedRequestThereIsNoDraft(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(nil), nil)
	s.send("GET", "/api/2/own", "")
	if d := s.recorder.Draft(); d.Text != nil || d.Comments != 1 {
		t.Errorf("%d comments: %s", d.Comments, d.Text)
	}
}

func TestADraftIsNotLongerThanReadersTake(t *testing.T) {
	t.Parallel()
	s := setUp(t, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		w.WriteHeader(http.StatusNoContent)
	}), nil)
	long := `{"data": [` + strings.Repeat("1,", 30_000) + `1]}`
	for range 5 {
		s.send("POST", "/api/2/clients", long, "Content-Type", "application/json")
	}
	d, _ := s.draft()
	if d.Steps == 0 || d.Left == 0 || d.Steps+d.Left != 5 {
		t.Errorf("%d steps, %d left", d.Steps, d.Left)
	}
}

func TestADeepBodyIsCut(t *testing.T) {
	t.Parallel()
	s := setUp(t, replies(map[string]string{"POST /api/2/clients": ""}), nil)
	s.send("POST", "/api/2/clients", `{"data": `+strings.Repeat("[", 300)+`"homer"`+strings.Repeat("]", 300)+"}", "Content-Type", "application/json")
	if text := one(t, s); strings.Contains(text, "homer") {
		t.Error(text)
	}
}
