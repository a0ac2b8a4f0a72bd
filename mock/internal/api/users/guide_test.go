package users_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// TestUserGuide replays "Creating a user account" of the user guide, step by step, with what it sends and prints.
func TestUserGuide(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Bearer(srv.ClientToken(apitest.PartnerClient, apitest.PartnerSecret))

	// The tenant to which the token provides access.
	tenantID := api.Get("/users/me").Want(200).Text("/tenant_id")
	if tenantID != apitest.Acme {
		t.Fatalf("the token's tenant: got %s, want %s", tenantID, apitest.Acme)
	}

	// "Status code 204 means that the specified login is not taken by any other account in the platform."
	if a := api.Get("/users/check_login?username=JohnDoe").Want(204); len(a.Body) != 0 {
		t.Errorf("check_login: got the body %q, want none", a.Body)
	}

	const body = `{
    "tenant_id": "` + apitest.Acme + `",
    "login": "JohnDoe",
    "contact": {
        "email": "johndoe@mysite.com",
        "firstname": "John",
        "lastname": "Doe",
        "types": [
            "billing"
        ]
    }
}`
	created := api.Post("/users", body).Want(200)
	checkPrinted(t, created, obj{"tenant_id": apitest.Acme, "personal_tenant_id": nil})

	userID, version := created.Text("/id"), created.Int("/version")
	again := api.Get("/users/" + userID).Want(200)
	if got := again.Int("/version"); got != version || version != 1 {
		t.Errorf("the stored version: got %d, created with %d, want 1", got, version)
	}
	if diff := cmp.Diff(string(created.Body), string(again.Body)); diff != "" {
		t.Errorf("reading the user shows another one than creating it (-created +read):\n%s", diff)
	}

	// "A different status code means that an error has occurred": the login is taken now.
	for _, login := range []string{"JohnDoe", "johndoe", "%20JohnDoe%20"} {
		api.Get("/users/check_login?username="+login).Refused(409, 409)
	}
	taken := api.Post("/users", body).Refused(409, 409)
	if got := taken.Text("/error/message"); got != "User 'JohnDoe' exists" || taken.Value("/error/details/info") != nil {
		t.Errorf("taken login: got %s", taken.Body)
	}
}

// TestUserGuideInCustomer is the guide's other case: "If the user was created in the customer tenant, a personal
// tenant for this user also will be created."
func TestUserGuideInCustomer(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	created := api.Post("/users", obj{"tenant_id": apitest.Harbor, "login": "JohnDoe", "contact": obj{
		"email": "johndoe@mysite.com", "firstname": "John", "lastname": "Doe", "types": []string{"billing"},
	}}).Want(200)
	personal := created.Text("/personal_tenant_id")
	checkPrinted(t, created, obj{"tenant_id": apitest.Harbor, "personal_tenant_id": personal})

	tenant := api.Get("/tenants/" + personal).Want(200)
	for pointer, want := range map[string]string{"/kind": "unit", "/owner_id": created.Text("/id"), "/parent_id": apitest.Harbor} {
		if got := tenant.Text(pointer); got != want {
			t.Errorf("personal tenant %s: got %q, want %q", pointer, got, want)
		}
	}
}

// checkPrinted compares with the object that the guide prints; particular are the members that differ between runs.
func checkPrinted(t *testing.T, a *apitest.Answer, particular obj) {
	t.Helper()
	want := obj{
		"activated": false, "business_types": []any{},
		"enabled":  true,
		"idp_id":   "11111111-1111-1111-1111-111111111111",
		"language": "en", "login": "JohnDoe", "mfa_status": "disabled",
		"notifications":  []any{"quota", "reports", "backup_daily_report"},
		"terms_accepted": false, "version": json.Number("1"),
	}
	for name, value := range particular {
		want[name] = value
	}
	for name, value := range want {
		if diff := cmp.Diff(value, a.Value("/"+name)); diff != "" {
			t.Errorf("member %s (-guide +answer):\n%s", name, diff)
		}
	}
	contact := obj{
		"address1": "", "address2": "", "city": "", "country": "", "email": "johndoe@mysite.com", "firstname": "John",
		"lastname": "Doe", "phone": "", "state": "", "zipcode": "",
	}
	for name, value := range contact {
		if diff := cmp.Diff(value, a.Value("/contact/"+name)); diff != "" {
			t.Errorf("contact member %s (-guide +answer):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff([]any{"billing"}, a.Value("/contact/types")); diff != "" {
		t.Errorf("contact types (-sent +answer):\n%s", diff)
	}
	micros := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$`)
	if got := a.Text("/created_at"); !micros.MatchString(got) || a.Text("/updated_at") != got {
		t.Errorf("created_at: got %q (updated_at %q), want the guide's form and both the same", got, a.Text("/updated_at"))
	}
	if a.Value("/deleted_at") != nil {
		t.Errorf("deleted_at: got %v, want null", a.Value("/deleted_at"))
	}
}

// TestLoginRules holds the rules that the guide opens with.
func TestLoginRules(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for name, tt := range map[string]struct {
		login      string
		acceptable bool
	}{
		"three characters suffice":      {"abc", true},
		"two do not":                    {"ab", false},
		"none do not":                   {"", false},
		"an e-mail can be the login":    {"john.doe+1@mysite.com", true},
		"every special character":       {".@_-+:!#$%^*={}'`/?", true},
		"digits alone":                  {"0123", true},
		"a blank inside is refused":     {"john doe", false},
		"whitespace around is trimmed":  {" \tjohn9\n", true},
		"whitespace does not count":     {"  ab  ", false},
		"letters beyond ASCII":          {"jöhn", false},
		"a backslash":                   {`mysite\john`, false},
		"quotation marks and ampersand": {`a"b&c`, false},
	} {
		t.Run(name, func(t *testing.T) {
			asked := api.In(t).Get("/users/check_login" + query("username", tt.login)[len("/users"):])
			made := api.In(t).Post("/users", person(apitest.Acme, tt.login))
			if !tt.acceptable {
				asked.Refused(406, 1033)
				made.Want(400)
				return
			}
			asked.Want(204)
			made.Want(200)
		})
	}
}
