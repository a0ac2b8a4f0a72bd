package users_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// walked follows the cursors of a list of users to its end.
func walked(t *testing.T, c *apitest.Client, query url.Values) []string {
	t.Helper()
	var all []string
	for more := true; more; {
		a := c.Get("/users?" + query.Encode()).Want(200)
		all = append(all, ids(t, a)...)
		var after any
		after, more = a.Find("/paging/cursors/after")
		if more {
			query = url.Values{"after": {after.(string)}}
		}
	}
	return all
}

// A list since a moment goes another way than one without: along the changes, not through the tree.
func TestAListOfUsersSinceLongAgoIsTheWholeList(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	gone := newUser(srv.Partner(), apitest.Harbor, "soon.gone").Text("/id")
	srv.Partner().Put("/users/"+gone, obj{"enabled": false, "version": 1}).Want(200)
	srv.Partner().Delete("/users/" + gone + "?version=2").Want(204)
	for _, list := range []url.Values{
		{},
		{"allow_deleted": {"true"}},
		{"tenant_id": {apitest.Harbor}},
		{"subtree_root_tenant_id": {apitest.Acme}},
		{"subtree_root_tenant_id": {apitest.Harbor}, "inside_organization": {"true"}},
		{"subtree_root_tenant_id": {apitest.Harbor}, "inside_organization": {"true"}, "tenant_kinds": {"unit"}},
	} {
		for name, c := range map[string]*apitest.Client{"root": srv.Root(), "partner": srv.Partner()} {
			whole := walked(t, c, list)
			if len(whole) == 0 {
				t.Fatalf("%v as %s lists nobody", list, name)
			}
			for _, limit := range []string{"1", "3", "2000"} {
				since := url.Values{"updated_since": {"2001-01-01T00:00:00"}, "limit": {limit}}
				for key, value := range list {
					since[key] = value
				}
				if d := cmp.Diff(whole, walked(t, c, since)); d != "" {
					t.Errorf("%v in pages of %s as %s (-whole +since):\n%s", list, limit, name, d)
				}
			}
		}
	}
}
