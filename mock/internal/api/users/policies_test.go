package users_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// grants are the roles and tenants of a list of policies.
func grants(t testing.TB, a *apitest.Answer) map[string]string {
	t.Helper()
	found := map[string]string{}
	for i := range a.Len("/items") {
		found[a.Text(fmt.Sprintf("/items/%d/role_id", i))] = a.Text(fmt.Sprintf("/items/%d/tenant_id", i))
	}
	return found
}

func TestPoliciesAreRewritten(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	id := newUser(api, apitest.Harbor, "granted").Text("/id")
	path := "/users/" + id + "/access_policies"

	fresh := api.Get(path).Want(200)
	if fresh.Len("/items") != 0 {
		t.Errorf("a fresh user: got %s, want no policy", fresh.Body)
	}
	first := grant(api, id, role("company_admin", apitest.Harbor)).Want(200)
	checkMembers(t, first, obj{"items": []any{obj{
		"id": first.Text("/items/0/id"), "version": first.Value("/items/0/version"), "trustee_id": id, "trustee_type": "user",
		"issuer_id": apitest.PartnerClient, "tenant_id": apitest.Harbor, "role_id": "company_admin",
		"created_at": first.Text("/items/0/created_at"), "updated_at": first.Text("/items/0/created_at"), "deleted_at": nil,
	}}})
	seconds := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)
	for _, at := range []string{"/timestamp", "/items/0/created_at"} {
		if !seconds.MatchString(first.Text(at)) {
			t.Errorf("%s: got %q, want whole seconds and Z", at, first.Text(at))
		}
	}
	if first.Text("/items/0/id") == nilUUID || first.Int("/items/0/version") != 1 {
		t.Errorf("a new policy: got %s, want an id and version 1", first.Body)
	}
	if diff := cmp.Diff(first.Value("/items"), api.Get(path).Want(200).Value("/items")); diff != "" {
		t.Errorf("reading shows other policies than writing (-written +read):\n%s", diff)
	}

	second := grant(api, id, role("unit_admin", tenantNo(3)), role("readonly_admin", apitest.Harbor)).Want(200)
	want := map[string]string{"unit_admin": tenantNo(3), "readonly_admin": apitest.Harbor}
	if diff := cmp.Diff(want, grants(t, second)); diff != "" {
		t.Errorf("the second set (-want +got):\n%s", diff)
	}
	if n := grant(api, id).Want(200).Len("/items"); n != 0 {
		t.Errorf("no items: got %d policies, want none", n)
	}
	if got := api.Get("/users/" + id).Int("/version"); got != 1 {
		t.Errorf("policies changed: got user version %d, want 1", got)
	}
}

// TestPoliciesKeepTheirIds sends a set back in the ways that clients do.
func TestPoliciesKeepTheirIds(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	id := newUser(api, apitest.Harbor, "kept").Text("/id")
	path := "/users/" + id + "/access_policies"
	stored := grant(api, id, role("company_admin", apitest.Harbor), role("readonly_admin", apitest.Harbor)).Want(200)

	echoed := api.Put(path, string(stored.Body)).Want(200)
	anew := grant(api, id, role("readonly_admin", apitest.Harbor), role("company_admin", apitest.Harbor)).Want(200)
	for name, a := range map[string]*apitest.Answer{"echoed as read": echoed, "sent as new ones": anew} {
		if diff := cmp.Diff(stored.Value("/items"), a.Value("/items")); diff != "" {
			t.Errorf("%s (-stored +got):\n%s", name, diff)
		}
	}

	policy := role("unit_admin", tenantNo(3))
	policy["id"], policy["version"] = stored.Text("/items/0/id"), 1
	policy["resource_namespace"], policy["resource_path"] = "hci", "res1"
	changed := grant(api, id, policy).Want(200)
	checkMembers(t, changed, obj{
		"items/0/id": stored.Text("/items/0/id"), "items/0/role_id": "unit_admin", "items/0/tenant_id": tenantNo(3),
		"items/0/resource_namespace": "hci", "items/0/resource_path": "res1",
		"items/0/created_at": stored.Text("/items/0/created_at"),
	})
	if got := changed.Int("/items/0/version"); got != 2 {
		t.Errorf("a changed policy: got version %d, want 2", got)
	}
	grant(api, id, policy).Refused(409, 1001)
	policy["version"] = 0
	grant(api, id, policy).Want(200)
}

func TestPolicyRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	id := newUser(api, apitest.Harbor, "subject").Text("/id")
	with := func(p obj, name string, value any) obj { p[name] = value; return p }
	companyAdmin := srv.Basic("elena.rivera@harbor-clinic.example", "Passw0rd!")
	unitAdmin := srv.Basic("radiology.lead@harbor-clinic.example", "Passw0rd!")
	for name, tt := range map[string]struct {
		by           *apitest.Client
		user         string
		items        []obj
		status, code int
	}{
		"an unknown role":                  {api, id, []obj{role("king", apitest.Harbor)}, 400, 400},
		"an unknown tenant":                {api, id, []obj{role("company_admin", apitest.NoSuchID)}, 400, 1005},
		"a deleted tenant":                 {api, id, []obj{role("company_admin", tenantNo(8))}, 400, 1005},
		"a tenant out of reach":            {api, id, []obj{role("company_admin", tenantNo(14))}, 403, 1002},
		"a closed tenant":                  {api, id, []obj{role("company_admin", tenantNo(9))}, 403, 1002},
		"a role that the kind lacks":       {api, id, []obj{role("partner_admin", apitest.Harbor)}, 400, 1027},
		"a role above the caller's":        {api, id, []obj{role("root_admin", apitest.Acme)}, 403, 1002},
		"a company does not make partners": {companyAdmin, userNo(4), []obj{role("partner_admin", apitest.Harbor)}, 403, 1002},
		"a unit does not make companies":   {unitAdmin, userNo(11), []obj{role("company_admin", tenantNo(3))}, 403, 1002},
		"nor does it reach the company":    {unitAdmin, userNo(11), []obj{role("readonly_admin", apitest.Harbor)}, 403, 1002},
		"the same twice":                   {api, id, []obj{role("company_admin", apitest.Harbor), role("company_admin", apitest.Harbor)}, 409, 409},
		"a policy of another user":         {api, id, []obj{with(role("company_admin", apitest.Harbor), "trustee_id", userNo(3))}, 400, 400},
		"a policy of a group":              {api, id, []obj{with(role("company_admin", apitest.Harbor), "trustee_type", "user_group")}, 400, 400},
		"an item without a role":           {api, id, []obj{{"tenant_id": apitest.Harbor}}, 400, 400},
		"an unknown user":                  {api, apitest.NoSuchID, nil, 404, 404},
		"a deleted user":                   {api, userNo(8), nil, 404, 404},
		"a user of others":                 {api, userNo(23), nil, 403, 1002},
		"who may only read may not write":  {srv.Basic("viewer@acme-msp.example", "Passw0rd!"), id, nil, 403, 1002},
	} {
		t.Run(name, func(t *testing.T) { grant(tt.by.In(t), tt.user, tt.items...).Refused(tt.status, tt.code) })
	}
	if n := api.Get("/users/" + id + "/access_policies").Len("/items"); n != 0 {
		t.Errorf("after refusals only: got %d policies, want none", n)
	}
	api.Get("/users/"+userNo(23)+"/access_policies").Refused(403, 1002)
	api.Get("/users/" + userNo(8) + "/access_policies").Want(404)
}

// TestReferenceExample sends four policies as the reference's example does: two roles of one service, unknown ids,
// version 0, on a partner tenant.
func TestReferenceExample(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	id := newUser(api, apitest.Acme, "example").Text("/id")
	item := func(n int, role, namespace, path string) obj {
		return obj{
			"trustee_type": "user", "trustee_id": id, "tenant_id": apitest.Acme, "resource_namespace": namespace,
			"resource_path": path, "role_id": role, "resource_server_id": "53a2a450-8e4e-11e7-96dd-f45c89947331", "version": 0,
			"id": fmt.Sprintf("00000000-0000-0000-0000-%012d", n), "created_at": "1970-01-01T00:00:00Z",
			"updated_at": "2022-03-22T21:45:47Z", "issuer_id": apitest.Acme, "deleted_at": nil,
		}
	}
	a := api.Put("/users/"+id+"/access_policies", obj{"timestamp": "2016-06-22T18:25:16", "items": []obj{
		item(5, "hci_admin", "hci", "res1"), item(4, "notary_admin", "notary", "res4/res5"),
		item(2, "pds_operator", "physical_data_shipping", "res4/res5"), item(3, "pds_support", "physical_data_shipping", "res4/res5"),
	}}).Want(200)
	if a.Len("/items") != 4 {
		t.Errorf("got %s, want four policies", a.Body)
	}
}

// TestPoliciesActAtOnce gives a role, uses it and takes it away.
func TestPoliciesActAtOnce(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	id := activated(api, apitest.Harbor, "helper", "correct horse")
	grant(api, id, role("readonly_admin", apitest.Harbor)).Want(200)
	helper := srv.Bearer(srv.UserToken("helper", "correct horse"))
	helper.Get("/users/" + userNo(3)).Want(200)
	helper.Put("/users/"+userNo(5), obj{"version": 1, "language": "de"}).Refused(403, 1002)
	grant(api, id, role("company_admin", apitest.Harbor)).Want(200)
	helper.Put("/users/"+userNo(5), obj{"version": 1, "language": "de"}).Want(200)
	grant(api, id).Want(200)
	helper.Get("/users/"+userNo(3)).Refused(403, 1002)
}

// TestUnchangedPoliciesOfOthersStay lets an administrator of a unit rewrite a user who has a role above it.
func TestUnchangedPoliciesOfOthersStay(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	grant(srv.Partner(), userNo(11), role("readonly_admin", apitest.Harbor)).Want(200)
	unitAdmin := srv.Basic("radiology.lead@harbor-clinic.example", "Passw0rd!")
	a := grant(unitAdmin, userNo(11), role("readonly_admin", apitest.Harbor), role("unit_admin", tenantNo(3))).Want(200)
	want := map[string]string{"readonly_admin": apitest.Harbor, "unit_admin": tenantNo(3)}
	if diff := cmp.Diff(want, grants(t, a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGroupPolicies(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	path := "/users/" + userNo(12) + "/access_policies"
	if n := api.Get(path).Want(200).Len("/items"); n != 0 {
		t.Errorf("own policies: got %d, want none", n)
	}
	a := api.Get(path + "?includeUserGroupPolicies=true").Want(200)
	checkMembers(t, a, obj{
		"items/0/role_id": "readonly_admin", "items/0/trustee_type": "user_group", "items/0/tenant_id": apitest.Harbor,
		"items/0/trustee_id": "90000000-0000-4000-8000-000000000001",
	})
}
