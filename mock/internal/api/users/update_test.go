package users_test

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestUpdateMerges(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	created := newUser(api, apitest.Harbor, "merged", obj{
		"contact": obj{"email": "me@mysite.com", "firstname": "Jon", "lastname": "Doe", "types": []string{"billing"}, "title": "Dr"},
	})
	path := "/users/" + created.Text("/id")
	a := api.Put(path, obj{
		"version": 1, "contact": obj{"firstname": "John", "lastname": nil, "types": []string{"technical", "billing", "technical"}},
		"notifications": []string{}, "business_types": []string{"buyer"}, "language": "ru", "external_id": "S-9",
		"login": " Merged2 ", "disable_after": "2117-06-22T18:25:16", "idp_id": "2fa8d0e4-0000-4000-8000-000000000001",
	}).Want(200)
	for pointer, want := range map[string]any{
		"/version": json.Number("2"), "/contact/firstname": "John", "/contact/lastname": "", "/contact/email": "me@mysite.com",
		"/contact/title": "Dr", "/contact/types": []any{"technical", "billing"}, "/notifications": []any{},
		"/business_types": []any{"buyer"}, "/language": "ru", "/external_id": "S-9", "/login": "Merged2",
		"/disable_after": "2117-06-22T18:25:16", "/idp_id": "2fa8d0e4-0000-4000-8000-000000000001",
		"/created_at": created.Value("/created_at"), "/personal_tenant_id": created.Value("/personal_tenant_id"),
	} {
		if diff := cmp.Diff(want, a.Value(pointer)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", pointer, diff)
		}
	}
	if diff := cmp.Diff(string(a.Body), string(api.Get(path).Want(200).Body)); diff != "" {
		t.Errorf("reading shows another user than the update (-updated +read):\n%s", diff)
	}
	api.Get("/users/check_login?username=merged").Want(204)
}

// TestNullInContactIsEmptyText holds wire facts, clients 1 no. 18.
func TestNullInContactIsEmptyText(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	nulls := obj{}
	for _, name := range []string{
		"firstname", "lastname", "address1", "city", "phone", "title", "website", "industry", "organization_size", "fax", "language",
	} {
		nulls[name] = nil
	}
	created := newUser(api, apitest.Harbor, "nulled", obj{"contact": obj{"email": "me@mysite.com", "title": nil, "fax": "9"}})
	if got := created.Value("/contact/title"); got != "" {
		t.Errorf("a null title was created as %v, want an empty text", got)
	}
	a := api.Put("/users/"+created.Text("/id"), obj{"version": 1, "contact": nulls}).Want(200)
	for name := range nulls {
		if got := a.Value("/contact/" + name); got != "" {
			t.Errorf("a null %s was answered with %v, want an empty text", name, got)
		}
	}
}

// TestReadModifyWrite sends back what was read, as clients do, members that cannot be changed included.
func TestReadModifyWrite(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for _, user := range []string{userNo(3), userNo(5), userNo(9), userNo(11)} {
		read := api.Get("/users/" + user).Want(200)
		written := api.Put("/users/"+user, string(read.Body)).Want(200)
		var before, after obj
		read.Into(&before)
		written.Into(&after)
		for _, changes := range []string{"version", "updated_at"} {
			delete(before, changes)
			delete(after, changes)
		}
		delete(before["contact"].(obj), "updated_at")
		delete(after["contact"].(obj), "updated_at")
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("user %s written back as it was (-before +after):\n%s", user, diff)
		}
	}
}

// TestEmailOfActivatedUser holds wire facts, core 1 no. 17.
func TestEmailOfActivatedUser(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for name, tt := range map[string]struct {
		user    string
		body    obj
		email   string
		version int64
	}{
		"the e-mail alone changes nothing":        {userNo(3), obj{"contact": obj{"email": "new@mysite.com"}}, "elena.rivera@harbor-clinic.example", 1},
		"other members are changed beside it":     {userNo(4), obj{"contact": obj{"email": "new@mysite.com", "city": "Bath"}}, "mia.chen@harbor-clinic.example", 2},
		"so are members outside the contact":      {userNo(6), obj{"contact": obj{"email": "new@mysite.com"}, "language": "de"}, "lab.sync@harbor-clinic.example", 2},
		"the same e-mail is an update like any":   {userNo(9), obj{"contact": obj{"email": "auditor@harbor-clinic.example"}}, "auditor@harbor-clinic.example", 2},
		"so is one without members":               {userNo(10), obj{}, "radiology.lead@harbor-clinic.example", 2},
		"before activation the e-mail is changed": {userNo(5), obj{"contact": obj{"email": "new@mysite.com"}}, "new@mysite.com", 2},
	} {
		t.Run(name, func(t *testing.T) {
			api := api.In(t)
			before := api.Get("/users/" + tt.user).Want(200)
			tt.body["version"] = before.Int("/version")
			a := api.Put("/users/"+tt.user, tt.body).Want(200)
			if a.Text("/contact/email") != tt.email || a.Int("/version") != tt.version {
				t.Errorf("got e-mail %q at version %d, want %q at %d", a.Text("/contact/email"), a.Int("/version"), tt.email, tt.version)
			}
			if tt.version == before.Int("/version") && string(a.Body) != string(before.Body) {
				t.Errorf("nothing was to change: before %s, after %s", before.Body, a.Body)
			}
		})
	}
}

func TestUpdateRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	newUser(api, apitest.Harbor, "taken", obj{"external_id": "S-1"})
	path := "/users/" + newUser(api, apitest.Harbor, "subject").Text("/id")
	for name, tt := range map[string]struct {
		path         string
		body         obj
		status, code int
	}{
		"a version is required":          {path, obj{"language": "de"}, 400, 400},
		"an older one is stale":          {path, obj{"version": 0}, 409, 1001},
		"so is one to come":              {path, obj{"version": 2}, 409, 1001},
		"a stale version precedes rules": {path, obj{"version": 7, "login": "taken"}, 409, 1001},
		"a login is taken":               {path, obj{"version": 1, "login": "Taken"}, 409, 409},
		"a login has its rules":          {path, obj{"version": 1, "login": "no blanks"}, 400, 1033},
		"an external id is taken":        {path, obj{"version": 1, "external_id": "S-1"}, 409, 409},
		"a date exists":                  {path, obj{"version": 1, "disable_after": "2030-02-31T00:00:00"}, 400, 400},
		"an unknown user":                {"/users/" + apitest.NoSuchID, obj{"version": 1}, 404, 404},
		"an id that is none":             {"/users/somebody", obj{"version": 1}, 404, 404},
		"a deleted user":                 {"/users/" + userNo(8), obj{"version": 1}, 404, 404},
		"a user of others":               {"/users/" + userNo(23), obj{"version": 1}, 403, 1002},
		"reach precedes the version":     {"/users/" + userNo(23), obj{"version": 9}, 403, 1002},
	} {
		t.Run(name, func(t *testing.T) { api.In(t).Put(tt.path, tt.body).Refused(tt.status, tt.code) })
	}
	if got := api.Get(path).Int("/version"); got != 1 {
		t.Errorf("after refusals only: got version %d, want 1", got)
	}
}

func TestDisablingEndsSessions(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	token := srv.UserToken("elena.rivera@harbor-clinic.example", "Passw0rd!")
	srv.Bearer(token).Get("/users/me").Want(200)
	api.Put("/users/"+userNo(3), obj{"version": 1, "enabled": false}).Want(200)
	srv.Bearer(token).Get("/users/me").Want(401)
	api.Put("/users/"+userNo(3), obj{"version": 2, "enabled": true}).Want(200)
	srv.Bearer(token).Get("/users/me").Want(401)
	srv.Basic("elena.rivera@harbor-clinic.example", "Passw0rd!").Get("/users/me").Want(200)
}

// TestOneOfTwoWriters lets two requests with the same version race, a hundred times: exactly one wins.
func TestOneOfTwoWriters(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	path := "/users/" + newUser(api, apitest.Harbor, "contended").Text("/id")
	for round := int64(1); round <= 100; round++ {
		var wg sync.WaitGroup
		var answers [2]*apitest.Answer
		for i := range answers {
			wg.Go(func() { answers[i] = api.Put(path, obj{"version": round, "language": []string{"de", "fr"}[i]}) })
		}
		wg.Wait()
		won := 0
		for _, a := range answers {
			if a.Status == 200 {
				won++
				if a.Int("/version") != round+1 {
					t.Fatalf("round %d: the winner got version %d", round, a.Int("/version"))
				}
				continue
			}
			a.Refused(409, 1001)
		}
		if won != 1 {
			t.Fatalf("round %d: %d of 2 writers won, want 1", round, won)
		}
	}
}
