package users_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// TestCreateKeepsEveryMember sends the reference's example and more of the contact.
func TestCreateKeepsEveryMember(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	contact := obj{
		"city": "Rivertown", "zipcode": "12345", "email": "me@mysite.com", "state": "CA", "firstname": "John",
		"country": "USA", "address2": "", "lastname": "Doe", "address1": "1440 River Drive #100", "phone": "123456789",
		"title": "Dr", "website": "mysite.com", "industry": "Health", "organization_size": "1-10", "fax": "12", "language": "ru",
	}
	a := api.Post("/users", obj{
		"disable_after": "2117-06-22T18:25:16", "tenant_id": apitest.Harbor, "enabled": true, "contact": contact,
		"origin_id": "pillr.mdr", "language": "pt_BR", "origin_external_id": "c66b1af2-2ac5-4764-8db6-97b054e7d27e",
		"business_types": []string{"buyer"}, "login": "mylogin", "notifications": []string{"maintenance", "quota"},
		"external_id": "S-1-5-21", "idp_id": "2fa8d0e4-0000-4000-8000-000000000001",
	}).Want(200)
	for pointer, want := range map[string]any{
		"/disable_after": "2117-06-22T18:25:16", "/origin_id": "pillr.mdr", "/language": "pt_BR",
		"/origin_external_id": "c66b1af2-2ac5-4764-8db6-97b054e7d27e", "/external_id": "S-1-5-21",
		"/idp_id": "2fa8d0e4-0000-4000-8000-000000000001", "/enabled": true, "/activated": false,
		"/business_types": []any{"buyer"}, "/notifications": []any{"maintenance", "quota"},
	} {
		if diff := cmp.Diff(want, a.Value(pointer)); diff != "" {
			t.Errorf("%s (-sent +answer):\n%s", pointer, diff)
		}
	}
	for name, want := range contact {
		if diff := cmp.Diff(want, a.Value("/contact/"+name)); diff != "" {
			t.Errorf("contact %s (-sent +answer):\n%s", name, diff)
		}
	}
}

// TestOptionalMembersAreLeftOut holds wire facts, core 2.5: an optional member without a value is not null.
func TestOptionalMembersAreLeftOut(t *testing.T) {
	t.Parallel()
	a := newUser(apitest.Start(t).Partner(), apitest.Acme, "plain")
	for _, name := range []string{"external_id", "origin_id", "origin_external_id", "disable_after", "session_mfa_status", "brand_id"} {
		if v, there := a.Find("/" + name); there {
			t.Errorf("%s: got %v, want it left out", name, v)
		}
	}
}

func TestCreateRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	newUser(api, apitest.Harbor, "first", obj{"external_id": "S-1"})
	owner := newUser(api, apitest.Harbor, "owner")
	off := newTenant(api, apitest.Acme, "customer", "Off")
	api.Put("/tenants/"+off, obj{"version": 1, "enabled": false}).Want(200)
	for name, tt := range map[string]struct {
		body         obj
		status, code int
		names        string // what details.info names
	}{
		"a login is required":                  {obj{"tenant_id": apitest.Acme, "contact": obj{"email": "a@b"}}, 400, 400, "/login"},
		"so is a contact":                      {obj{"tenant_id": apitest.Acme, "login": "abc"}, 400, 400, "/contact"},
		"with an e-mail":                       {obj{"tenant_id": apitest.Acme, "login": "abc", "contact": obj{}}, 400, 400, "/contact/email"},
		"and a tenant":                         {obj{"login": "abc", "contact": obj{"email": "a@b"}}, 400, 400, "/tenant_id"},
		"that exists":                          {person(apitest.NoSuchID, "abc"), 404, 1005, ""},
		"and is within reach":                  {person(apitest.RootTenant, "abc"), 403, 1002, ""},
		"and is enabled":                       {person(off, "abc"), 400, 1003, ""},
		"and is nobody's own":                  {person(owner.Text("/personal_tenant_id"), "abc"), 400, 1027, ""},
		"a login is taken in any case":         {person(apitest.Acme, "FIRST"), 409, 409, ""},
		"a login has its rules":                {person(apitest.Acme, "a b c"), 400, 1033, ""},
		"the thirteenth month is no date":      {person(apitest.Acme, "abc", obj{"disable_after": "2030-13-01T00:00:00"}), 400, 400, "/disable_after"},
		"an external id is taken in its place": {person(apitest.Harbor, "abc", obj{"external_id": "S-1"}), 409, 409, ""},
		"an identity to share has a login":     {obj{"tenant_id": apitest.Acme, "use_existing_identity": true}, 400, 400, "/login"},
		"and must exist":                       {person(apitest.Acme, "nobody1", obj{"use_existing_identity": true}), 400, 400, "/use_existing_identity"},
		"an unknown notification":              {person(apitest.Acme, "abc", obj{"notifications": []string{"all"}}), 400, 400, "/notifications/0"},
	} {
		t.Run(name, func(t *testing.T) {
			a := api.In(t).Post("/users", tt.body).Refused(tt.status, tt.code)
			if info, _ := a.Value("/error/details/info").(string); !strings.Contains(info, tt.names) {
				t.Errorf("details.info: got %q, want it to name %q", info, tt.names)
			}
		})
	}
}

// TestExternalUserNeedsNoLogin is the flow of a foreign identity provider: the external id stands for the login.
func TestExternalUserNeedsNoLogin(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	a := api.Post("/users", obj{"tenant_id": apitest.Harbor, "external_id": "S-1-5-21-7"}).Want(200)
	if a.Text("/login") != "S-1-5-21-7" || a.Text("/contact/email") != "" {
		t.Errorf("got login %q and e-mail %q", a.Text("/login"), a.Text("/contact/email"))
	}
	api.Post("/users", obj{"tenant_id": apitest.Acme, "external_id": "S-1-5-21-7", "login": "elsewhere"}).Want(200)
}

func TestSharedIdentity(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	other := newTenant(api, apitest.Acme, "customer", "Other")
	activated(api, apitest.Harbor, "shared", "first password")
	second := newUser(api, other, "Shared", obj{"use_existing_identity": true})
	if second.Value("/activated") != true {
		t.Errorf("activated: got %v, want that of the identity", second.Value("/activated"))
	}
	api.Post("/users/"+second.Text("/id")+"/password", obj{"password": "second password"}).Want(204)
	srv.UserToken("shared", "second password")
	api.Post("/users", person(other, "shared")).Refused(409, 409)
}

func TestDisableAfter(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	past := newUser(api, apitest.Acme, "past", obj{"disable_after": "2017-06-22T18:25:16", "enabled": true})
	if past.Value("/enabled") != false || past.Int("/version") != 1 {
		t.Errorf("a date in the past disables at once: got %s", past.Body)
	}
	a := api.Put("/users/"+past.Text("/id"), obj{"version": 1, "enabled": true}).Want(200)
	if a.Value("/enabled") != false {
		t.Errorf("the date wins over enabled: got %s", a.Body)
	}
	a = api.Put("/users/"+past.Text("/id"), obj{"version": 2, "enabled": true, "disable_after": nil}).Want(200)
	if _, there := a.Find("/disable_after"); there || a.Value("/enabled") != true {
		t.Errorf("null takes the date away: got %s", a.Body)
	}
	api.Put("/users/"+past.Text("/id"), obj{"version": 3, "disable_after": "2117-01-01T00:00:00+02:00"}).Want(200)
	read := api.Get("/users/" + past.Text("/id")).Want(200)
	if read.Text("/disable_after") != "2117-01-01T00:00:00+02:00" || read.Value("/enabled") != true {
		t.Errorf("a date in the future is kept as sent: got %s", read.Body)
	}
}

func TestClosedTenantHidesItsUsers(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	self := newTenant(api, apitest.Acme, "customer", "Self")
	id := newUser(api, self, "hidden").Text("/id")
	api.Put("/tenants/"+self, obj{"version": 1, "ancestral_access": false}).Want(200)
	api.Get("/users/"+id).Refused(403, 1002)
	api.Post("/users", person(self, "another")).Refused(403, 1002)
	api.Put("/users/"+id, obj{"version": 1, "language": "de"}).Refused(403, 1002)
	api.Delete("/users/"+id+"?version=1").Refused(403, 1002)
}

func TestSecondsSwitch(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t, apitest.With(map[string]string{"timestamps": "seconds"})).Partner()
	at := newUser(api, apitest.Acme, "plain").Text("/created_at")
	if len(at) != len("2026-01-02T03:04:05Z") || !strings.HasSuffix(at, "Z") {
		t.Errorf("created_at: got %q, want whole seconds and Z", at)
	}
}
