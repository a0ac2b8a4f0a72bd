package registration_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestTokenOfATenant(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	api := srv.Partner()
	scopes := []string{bind(elenasOwn), apply(apitest.Harbor)}
	a := api.Post(of(elenasOwn), want(3600, scopes...)).Want(200)

	var got obj
	a.Into(&got)
	if ok, _ := regexp.MatchString(`^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$`, a.Text("/token")); !ok {
		t.Errorf("token %q is not three groups of four capitals or digits", a.Text("/token"))
	}
	if a.Int("/id") < 1 {
		t.Errorf("id %d is not positive", a.Int("/id"))
	}
	if ok, _ := regexp.MatchString(`^[1-9]\d*$`, a.Text("/tenant_id")); !ok {
		t.Errorf("tenant_id %q is not in digits", a.Text("/tenant_id"))
	}
	delete(got, "token")
	delete(got, "id")
	delete(got, "tenant_id")
	now := srv.Now().UTC()
	wanted := obj{
		"created_at": now.Format("2006-01-02T15:04:05Z"), "expires_at": now.Add(time.Hour).Format("2006-01-02T15:04:05Z"),
		"tenant_uuid": elenasOwn, "scopes": []any{scopes[0], scopes[1]},
	}
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("the token mismatch (-want +got):\n%s", diff)
	}
}

func TestTokenOfTheTenantInTheBody(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	body := func(tenant string) obj {
		b := want(60, bindHere)
		if tenant != "" {
			b["tenant_id"] = tenant
		}
		return b
	}
	for name, tt := range map[string]struct {
		caller       *apitest.Client
		tenant, want string
	}{
		"the one that is named":               {srv.Partner(), elenasOwn, elenasOwn},
		"else the client's own":               {srv.Partner(), "", apitest.Acme},
		"or the user's own":                   {srv.Basic(elena, apitest.AdminPassword), "", apitest.Harbor},
		"or the one that a user has a say in": {srv.Basic(mia, apitest.AdminPassword), "", miasOwn},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.caller.In(t).Post("/registration_tokens", body(tt.tenant)).Want(201).Text("/tenant_uuid"); got != tt.want {
				t.Errorf("the token is for tenant %s, want %s", got, tt.want)
			}
		})
	}
	srv.Partner().Post("/registration_tokens", body(apitest.NoSuchID)).Refused(404, 1005)
	srv.Partner().Post("/registration_tokens", body(oldMill)).Refused(404, 1005)
	srv.Partner().Post("/registration_tokens", body(globex)).Refused(403, 1002)
	srv.Partner().Post("/registration_tokens", body("harbor")).Refused(400, 400)
}

func TestWhoMakesTokensForWhom(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	as := func(login string) *apitest.Client { return srv.Basic(login, apitest.AdminPassword) }
	for name, tt := range map[string]struct {
		caller *apitest.Client
		tenant string
		status int
	}{
		"a user for the own personal tenant":          {as(mia), miasOwn, 200},
		"but not for the tenant above it":             {as(mia), apitest.Harbor, 403},
		"nor for another user":                        {as(mia), elenasOwn, 403},
		"an administrator for every user below":       {as(elena), miasOwn, 200},
		"and for the tenant itself":                   {as(elena), apitest.Harbor, 200},
		"and for units":                               {as(elena), radiology, 200},
		"but not for those beside":                    {as(elena), birch, 403},
		"a partner for its customers' users":          {srv.Partner(), miasOwn, 200},
		"but not for those of another partner":        {srv.Partner(), summitsOwn, 403},
		"nor for a tenant that has closed itself":     {srv.Partner(), vault, 403},
		"who only reads makes none":                   {as(viewer), apitest.Harbor, 403},
		"a tenant that is disabled takes no devices":  {srv.Partner(), sunset, 400},
		"a deleted tenant does not exist":             {srv.Partner(), oldMill, 404},
		"nor does one that nobody has made":           {srv.Partner(), apitest.NoSuchID, 404},
		"without credentials nothing is made":         {srv.Nobody(), miasOwn, 401},
		"the id of a tenant has one form":             {srv.Partner(), "harbor", 404},
		"the id of a user is none":                    {srv.Partner(), "b0000000-0000-4000-8000-000000000004", 404},
		"a wrong password is no user's":               {srv.Basic(mia, "guess"), miasOwn, 401},
		"the client of another partner is none of it": {srv.Basic(globexClient, globexSecret), miasOwn, 403},
	} {
		t.Run(name, func(t *testing.T) { tt.caller.In(t).Post(of(tt.tenant), want(60, bindHere)).Want(tt.status) })
	}
}

func TestWhatATokenMayBe(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for name, tt := range map[string]struct {
		body         obj
		status, code int
	}{
		"no life":                       {obj{"scopes": []string{bindHere}}, 400, 400},
		"a life of nothing":             {want(0, bindHere), 400, 400},
		"a life that is over":           {want(-1, bindHere), 400, 400},
		"more than a year":              {want(31536001, bindHere), 400, 400},
		"a year in words":               {obj{"expires_in": "a year", "scopes": []string{bindHere}}, 400, 400},
		"no scopes":                     {obj{"expires_in": 60}, 400, 400},
		"an empty list of scopes":       {obj{"expires_in": 60, "scopes": []string{}}, 400, 400},
		"a scope of another form":       {want(60, bindHere, "urn:acronis.com::account-server::tenant_admin"), 400, 400},
		"a scope that binds to nothing": {want(60, bind("nobody")), 400, 400},
		"an unknown tenant in a scope":  {want(60, bind(apitest.NoSuchID)), 400, 400},
		"an unknown tenant of a plan":   {want(60, apply(apitest.NoSuchID)), 400, 400},
		"a deleted tenant in a scope":   {want(60, bind(oldMill)), 400, 400},
		"another partner's user":        {want(60, bindHere, bind(summitsOwn)), 403, 1002},
		"another partner's plan":        {want(60, apply(globex)), 403, 1002},
	} {
		t.Run(name, func(t *testing.T) {
			api := api.In(t)
			api.Post(of(elenasOwn), tt.body).Refused(tt.status, tt.code)
			tt.body["tenant_id"] = elenasOwn
			api.Post("/registration_tokens", tt.body).Refused(tt.status, tt.code)
		})
	}
	t.Run("a bad scope is named by its place", func(t *testing.T) {
		a := api.In(t).Post(of(elenasOwn), want(60, bindHere, "everything")).Refused(400, 400)
		if got := a.Text("/error/details/addition/0/pointer"); got != "/scopes/1" {
			t.Errorf("the refusal points at %q: %s", got, a.Body)
		}
	})
	api.Post(of(elenasOwn), want(31536000, bindHere)).Want(200)
	api.Post(of(elenasOwn), want(1, bindHere)).Want(200)
	api.Send("POST", of(elenasOwn), "text/plain", []byte(`{}`)).Refused(415, 415)
}
