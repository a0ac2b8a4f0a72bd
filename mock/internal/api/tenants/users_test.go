package tenants_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// user is the id of a user of the demo world by its last two digits.
func user(digits string) string { return "b0000000-0000-4000-8000-0000000000" + digits }

func usersOf(t *testing.T, a *apitest.Answer) string {
	t.Helper()
	short := texts(t, a)
	for i, id := range short {
		short[i] = strings.TrimPrefix(id, user(""))
	}
	return strings.Join(short, " ")
}

func TestUsersInTheirOrders(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for params, want := range map[string]string{
		"":                                      "09 03 07 06 04 05", // Aud Elena Frank Lab Mia Noah
		"order=-name":                           "05 04 06 07 03 09",
		"order=as_is":                           "03 04 05 06 07 09",
		"order=-as_is":                          "09 07 06 05 04 03",
		"order=login":                           "09 03 07 04 06 05",
		"order=status":                          "03 04 06 09 05 07", // active, not activated, disabled
		"order=-status":                         "07 05 03 04 06 09",
		"order=roles":                           "05 06 07 04 03 09", // none, backup_user, company_admin, readonly_admin
		"order=-roles":                          "09 03 04 05 06 07",
		"order=level":                           "03 04 05 06 07 09",
		"order=usage.vms":                       "03 04 05 06 07 09",
		"order=mfa_status":                      "03 04 05 06 07 09",
		"order=contact_types":                   "04 05 06 07 09 03",
		"order=-contact_types":                  "03 04 05 06 07 09",
		"include_hidden=true&order=as_is":       "03 04 05 06 07 09",
		"allow_deleted=true&order=as_is":        "03 04 05 06 07 08 09",
		"allow_deleted=true&order=status":       "03 04 06 09 05 07 08",
		"include_grand_children=false":          "09 03 07 06 04 05",
		"include_grand_children=1&order=-level": "12 10 11 03 04 05 06 07 09",
	} {
		if got := usersOf(t, c.Get("/tenants/"+apitest.Harbor+"/users?"+params)); got != want {
			t.Errorf("users?%s:\n got %s\nwant %s", params, got, want)
		}
	}
	if got, want := usersOf(t, c.Get("/tenants/"+keystone+"/users?order=mfa_status")), "20 21"; got != want { // enabled, setup_required
		t.Errorf("users by mfa_status: got %s, want %s", got, want)
	}
}

func TestAUserWithoutNamesIsOrderedByLogin(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	id := c.Post("/users", obj{"tenant_id": cedar, "login": "Bertha", "contact": obj{"email": "z@z.example"}}).Want(200).Text("/id")
	want := []string{id, user("22")} // Bertha, Cem Yilmaz
	if d := cmp.Diff(want, texts(t, c.Get("/tenants/"+cedar+"/users"))); d != "" {
		t.Errorf("users by name (-want +got):\n%s", d)
	}
}

func TestGrandChildren(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	inner := created(c, north, "folder", "Inner")
	created(c, inner, "customer", "Deep")
	nils := c.Post("/users", obj{"tenant_id": inner, "login": "inner.admin", "contact": obj{"email": "i@i.example"}}).Want(200).Text("/id")
	shut := created(c, north, "folder", "Shut")
	c.Post("/users", obj{"tenant_id": shut, "login": "shut.admin", "contact": obj{"email": "s@s.example"}}).Want(200)
	change(c, shut, obj{"ancestral_access": false}).Want(200)

	for claim, tt := range map[string]struct {
		tenant string
		want   []string
	}{
		"a partner adds nested folders, not partners and customers": {apitest.Acme, []string{user("01"), user("02"), user("13"), nils}},
		"a folder adds folders in it":                               {north, []string{user("13"), nils}},
		"a unit adds no unit":                                       {radiology, []string{user("10"), user("11")}},
		"a customer without units adds nothing":                     {birch, []string{user("14")}},
	} {
		got := texts(t, c.Get("/tenants/"+tt.tenant+"/users?order=as_is&include_grand_children=true"))
		slices.Sort(tt.want)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", claim, d)
		}
	}
	c.Delete("/tenants/" + nightWard + "?version=1").Want(400)
	deleted(c, nightWard)
	list := "/tenants/" + apitest.Harbor + "/users?order=as_is&include_grand_children=true"
	if got := usersOf(t, c.Get(list)); strings.Contains(got, "12") {
		t.Errorf("users of a deleted unit are listed: %s", got)
	}
	if got := usersOf(t, c.Get(list+"&allow_deleted=true")); !strings.Contains(got, "12") {
		t.Errorf("users of a deleted unit are missing under allow_deleted: %s", got)
	}
}
