package clients_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

type obj = map[string]any

const harborAdmin = "elena.rivera@harbor-clinic.example"

func spec(tenant string, more ...obj) obj {
	body := obj{"type": "api_client", "tenant_id": tenant, "token_endpoint_auth_method": "client_secret_basic"}
	for _, m := range more {
		for name, value := range m {
			body[name] = value
		}
	}
	return body
}

func TestCreateClient(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	data := obj{"client_name": "Some application client", "origin_dc_id": "ff7625c0-d649-445c-a2b3-9b59e66bfc2d"}
	a := api.Post("/clients", spec(apitest.Harbor, obj{
		"data": data, "origin_id": "72403667-8e45-4dd9-bcbc-3e6047b98b3d", "type": "managed_client",
		"redirect_uris": []string{"com.acronis.abc://oauth"},
	})).Want(201)
	var got obj
	a.Into(&got)
	hex32 := regexp.MustCompile(`^[0-9a-f]{32}$`)
	for _, name := range []string{"client_secret", "registration_access_token"} {
		if !hex32.MatchString(a.Text("/" + name)) {
			t.Errorf("%s: got %q, want 32 hexadecimal digits", name, a.Text("/"+name))
		}
		delete(got, name)
	}
	if at := a.Text("/created_at"); !regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$`).MatchString(at) {
		t.Errorf("created_at: got %q, want whole seconds and +00:00", at)
	}
	want := obj{
		"client_id": got["client_id"], "created_at": got["created_at"], "tenant_id": apitest.Harbor, "type": "managed_client",
		"data": data, "token_endpoint_auth_method": "client_secret_basic", "redirect_uris": []any{"com.acronis.abc://oauth"},
		"status": "enabled", "created_by": apitest.PartnerClient, "client_secret_expires_at": 0.0,
		"origin_id": "72403667-8e45-4dd9-bcbc-3e6047b98b3d",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("POST /clients (-want +got):\n%s", diff)
	}

	want["last_access_at"], want["last_access_from_ip"] = nil, nil
	read := obj{}
	api.Get("/clients/" + a.Text("/client_id")).Want(200).Into(&read)
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("GET /clients/{id} (-want +got):\n%s", diff)
	}
	srv.ClientToken(a.Text("/client_id"), a.Text("/client_secret"))
}

func TestCreateClientDefaults(t *testing.T) {
	t.Parallel()
	a := apitest.Start(t).Partner().Post("/clients", spec(apitest.Acme, obj{"type": "agent"})).Want(201)
	if diff := cmp.Diff(obj{}, a.Value("/data")); diff != "" || a.Text("/type") != "api_client" || a.Len("/redirect_uris") != 0 {
		t.Errorf("got %s, want data {}, type api_client and no redirect URIs", a.Body)
	}
	if _, there := a.Find("/origin_id"); there {
		t.Errorf("origin_id without one: got %s, want it left out", a.Body)
	}
}

func TestPublicClient(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	a := srv.Partner().Post("/clients", spec(apitest.Acme, obj{"token_endpoint_auth_method": "none"})).Want(201)
	srv.Basic(a.Text("/client_id"), a.Text("/client_secret")).Get("/clients").Want(401)
}

// TestRolesAreInherited holds wire facts, idp 1.4: a client acts with the roles that its maker had on its tenant, and
// keeps them.
func TestRolesAreInherited(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	made := srv.Basic(harborAdmin, "Passw0rd!").Post("/clients", spec(apitest.Harbor)).Want(201)
	if got := made.Text("/created_by"); got != "b0000000-0000-4000-8000-000000000003" {
		t.Errorf("created_by: got %s, want the user", got)
	}
	client := srv.Basic(made.Text("/client_id"), made.Text("/client_secret"))
	client.Get("/tenants/" + apitest.Harbor).Want(200)
	client.Get("/clients/" + made.Text("/client_id")).Want(200)
	client.Get("/tenants/"+apitest.Acme).Refused(403, 1002)
	srv.Partner().Put("/users/b0000000-0000-4000-8000-000000000003/access_policies", obj{"items": []any{}}).Want(200)
	srv.Partner().Delete("/users/b0000000-0000-4000-8000-000000000003?version=1").Want(204)
	client.Post("/clients", spec(apitest.Harbor)).Want(201)
	client.Post("/clients", spec(apitest.Acme)).Refused(403, 1002)
}

// TestRolesElsewhereAreNotInherited makes a client in a tenant where the maker has less than in another.
func TestRolesElsewhereAreNotInherited(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	role := func(name, tenant string) obj { return obj{"role_id": name, "tenant_id": tenant} }
	north := "b0000000-0000-4000-8000-000000000013" // partner_admin of a folder
	srv.Partner().Put("/users/"+north+"/access_policies", obj{"items": []obj{
		role("partner_admin", "a0000000-0000-4000-8000-000000000005"), role("company_admin", apitest.Harbor),
	}}).Want(200)
	made := srv.Basic("north@acme-msp.example", "Passw0rd!").Post("/clients", spec(apitest.Harbor)).Want(201)
	client := srv.Basic(made.Text("/client_id"), made.Text("/client_secret"))
	user := "/users/b0000000-0000-4000-8000-000000000004/access_policies"
	client.Put(user, obj{"items": []obj{role("company_admin", apitest.Harbor)}}).Want(200)
	client.Put(user, obj{"items": []obj{role("partner_admin", apitest.Harbor)}}).Refused(403, 1002)
}

func TestClientRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	for name, tt := range map[string]struct {
		body         obj
		status, code int
	}{
		"a type is required":         {obj{"tenant_id": apitest.Acme, "token_endpoint_auth_method": "none"}, 400, 400},
		"a known one":                {spec(apitest.Acme, obj{"type": "robot"}), 400, 400},
		"data is an object":          {spec(apitest.Acme, obj{"data": "x"}), 400, 400},
		"an unknown tenant":          {spec(apitest.NoSuchID), 404, 1005},
		"a tenant of others":         {spec(apitest.RootTenant), 403, 1002},
		"a tenant that is closed":    {spec("a0000000-0000-4000-8000-000000000009"), 403, 1002},
		"a tenant that is suspended": {spec("a0000000-0000-4000-8000-000000000007"), 400, 1003},
	} {
		t.Run(name, func(t *testing.T) { api.In(t).Post("/clients", tt.body).Refused(tt.status, tt.code) })
	}
	globex := "/clients/c11e0000-0000-4000-8000-000000000003"
	api.Get("/clients/"+apitest.NoSuchID).Refused(404, 404)
	api.Get("/clients/nonsense").Refused(404, 404)
	api.Get(globex).Refused(403, 1002)
	api.Put(globex, obj{}).Refused(403, 1002)
	api.Delete(globex).Refused(403, 1002)
	srv.Basic("viewer@acme-msp.example", "Passw0rd!").Post("/clients", spec(apitest.Acme)).Refused(403, 1002)
}

func TestUpdateClient(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	made := api.Post("/clients", spec(apitest.Harbor, obj{
		"data": obj{"client_name": "old", "hostname": "h"}, "redirect_uris": []string{"a://b", "c://d"}, "origin_id": "o",
	})).Want(201)
	path := "/clients/" + made.Text("/client_id")
	token := srv.ClientToken(made.Text("/client_id"), made.Text("/client_secret"))
	srv.Bearer(token).Get(path).Want(200)

	a := api.Put(path, obj{"data": obj{"client_name": "new"}, "redirect_uris": []string{"com.acronis.abc://oauth"}}).Want(200)
	if diff := cmp.Diff(obj{"client_name": "new"}, a.Value("/data")); diff != "" || a.Len("/redirect_uris") != 1 || a.Text("/origin_id") != "o" {
		t.Errorf("got %s, want data and redirect URIs replaced, the rest kept: %s", a.Body, diff)
	}
	if _, there := a.Find("/client_secret"); there {
		t.Errorf("the secret is shown again: %s", a.Body)
	}
	srv.Bearer(token).Get(path).Want(200)

	if got := api.Put(path, obj{"status": "disabled", "origin_id": "p", "redirect_uris": []string{}}).Want(200); got.Text("/status") != "disabled" ||
		got.Text("/origin_id") != "p" || got.Len("/redirect_uris") != 0 {
		t.Errorf("got %s", got.Body)
	}
	srv.Bearer(token).Get(path).Want(401)
	srv.Basic(made.Text("/client_id"), made.Text("/client_secret")).Get(path).Want(401)
	api.Put(path, obj{"status": "enabled"}).Want(200)
	srv.Bearer(token).Get(path).Want(401) // a dead token stays dead
	srv.ClientToken(made.Text("/client_id"), made.Text("/client_secret"))
	api.Put(path, obj{"status": "asleep"}).Refused(400, 400)
}

func TestDeleteClient(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	made := api.Post("/clients", spec(apitest.Harbor)).Want(201)
	path := "/clients/" + made.Text("/client_id")
	token := srv.ClientToken(made.Text("/client_id"), made.Text("/client_secret"))
	if a := api.Delete(path).Want(204); len(a.Body) != 0 {
		t.Errorf("delete: got the body %q, want none", a.Body)
	}
	srv.Bearer(token).Get("/users/me").Want(401)
	srv.Basic(made.Text("/client_id"), made.Text("/client_secret")).Get("/users/me").Want(401)
	for _, again := range []*apitest.Answer{api.Get(path), api.Delete(path), api.Put(path, obj{})} {
		again.Refused(404, 404)
	}
	list := "/clients?uuids=" + made.Text("/client_id")
	if n := api.Get(list).Want(200).Len("/items"); n != 0 {
		t.Errorf("a deleted client is listed")
	}
	if n := api.Get(list + "&allow_deleted=true").Want(200).Len("/items"); n != 1 {
		t.Errorf("a deleted client is not listed where it is allowed")
	}
}

func TestListClients(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	own := "c11e0000-0000-4000-8000-00000000000"
	api.Put("/clients/"+own+"5", obj{"origin_id": "o"}).Want(200)
	api.Put("/clients/"+own+"6", obj{"origin_id": "o"}).Want(200)
	for name, tt := range map[string]struct {
		by    *apitest.Client
		query url.Values
		want  string
	}{
		"no filter is the caller's tree": {api, nil, "1456"},
		"everything for the root":        {srv.Root(), nil, "123456"},
		"by id, others skipped":          {api, url.Values{"uuids": {own + "5," + own + "1," + own + "3," + apitest.NoSuchID}}, "15"},
		"by origin":                      {api, url.Values{"origin_id": {"o"}}, "56"},
		"by both":                        {api, url.Values{"origin_id": {"o"}, "uuids": {own + "5," + own + "1"}}, "5"},
		"an origin that nobody has":      {api, url.Values{"origin_id": {"x"}}, ""},
		"who reads sees as much":         {srv.Basic("viewer@acme-msp.example", "Passw0rd!"), nil, "1456"},
		"a customer sees its own":        {srv.Basic(harborAdmin, "Passw0rd!"), nil, "5"},
		"what is closed stays hidden":    {srv.Basic("admin@vault-legal.example", "Passw0rd!"), nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var list struct {
				Items []struct {
					ID string `json:"client_id"`
				} `json:"items"`
			}
			tt.by.In(t).Get("/clients?" + tt.query.Encode()).Want(200).Into(&list)
			var got strings.Builder
			for _, c := range list.Items {
				got.WriteString(strings.TrimPrefix(c.ID, own))
			}
			if got.String() != tt.want {
				t.Errorf("got clients %q, want %q", got.String(), tt.want)
			}
		})
	}
	api.Get("/clients?uuids=nonsense").Refused(400, 400)
}
