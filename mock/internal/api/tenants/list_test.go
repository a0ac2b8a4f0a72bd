package tenants_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestListsByID(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	named := func(params string, want ...string) {
		t.Helper()
		if d := cmp.Diff(append([]string{}, want...), ids(t, srv.Partner().Get("/tenants?"+params))); d != "" {
			t.Errorf("GET /tenants?%s (-want +got):\n%s", params, d)
		}
	}
	// By level, then id; what is unknown, foreign, deleted or inside a closed tenant is skipped; nothing comes twice.
	named("uuids="+strings.Join([]string{
		nightWard, apitest.Harbor, apitest.NoSuchID, globex, oldMill, clerksOwn, vault, elenasOwn, apitest.Acme, vault,
	}, ","), apitest.Acme, apitest.Harbor, vault, elenasOwn, nightWard)
	named("allow_deleted=true&uuids="+oldMill, oldMill)
	named("uuids=" + oldMill)
	named("include_relative_path=true&uuids="+nightWard+","+birch,
		apitest.Acme, apitest.Harbor, north, radiology, birch, nightWard)
	named("include_relative_path=true&uuids=" + globex + "," + oldMill)
	named("include_relative_path=1&uuids="+apitest.Acme, apitest.Acme)
	named("include_relative_path=1&limit=2&uuids="+nightWard, apitest.Acme, apitest.Harbor)
}

func TestListsOfASubtree(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	levels := ids(t, srv.Partner().Get("/tenants?lod=stamps&subtree_root_id="+apitest.Harbor))
	want := []string{
		apitest.Harbor,
		radiology, elenasOwn, "a1000000-0000-4000-8000-000000000004", "a1000000-0000-4000-8000-000000000005",
		"a1000000-0000-4000-8000-000000000006", "a1000000-0000-4000-8000-000000000007", "a1000000-0000-4000-8000-000000000009",
		nightWard, "a1000000-0000-4000-8000-000000000010", "a1000000-0000-4000-8000-000000000011",
		"a1000000-0000-4000-8000-000000000012",
	}
	if d := cmp.Diff(want, levels); d != "" {
		t.Errorf("subtree of Harbor (-want +got):\n%s", d)
	}
	all := ids(t, srv.Partner().Get("/tenants?subtree_root_id="+apitest.Acme))
	if !slices.Contains(all, vault) || slices.Contains(all, clerksOwn) {
		t.Errorf("subtree of Acme = %v, want the closed customer without what is inside it", all)
	}
	if slices.Contains(all, oldMill) {
		t.Errorf("subtree of Acme = %v, want no deleted tenant", all)
	}
	all = ids(t, srv.Partner().Get("/tenants?allow_deleted=true&subtree_root_id="+apitest.Acme))
	if !slices.Contains(all, oldMill) || !slices.Contains(all, "a1000000-0000-4000-8000-000000000016") {
		t.Errorf("subtree of Acme = %v, want the deleted customer and what went with it", all)
	}
	own := ids(t, srv.Basic(vaultAdmin, password).Get("/tenants?subtree_root_id="+vault))
	if !slices.Contains(own, clerksOwn) {
		t.Errorf("subtree of a closed customer for its own administrator = %v, want its inside", own)
	}
	fromAbove := ids(t, srv.Partner().Get("/tenants?subtree_root_id="+vault))
	if d := cmp.Diff([]string{vault}, fromAbove); d != "" {
		t.Errorf("subtree of a closed customer for its partner (-want +got):\n%s", d)
	}
}

func TestListsOfChildren(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for params, want := range map[string][]string{
		"parent_id=" + apitest.Acme:                      {apitest.Harbor, north, sunset, vault, pinned, keystone, cedar},
		"allow_deleted=true&parent_id=" + apitest.Acme:   {apitest.Harbor, north, sunset, oldMill, vault, pinned, keystone, cedar},
		"parent_id=" + apitest.Harbor:                    {radiology},
		"parent_id=" + keystone:                          {},
		"parent_id=" + vault:                             {},
		"include_relative_path=false&parent_id=" + north: {birch},
	} {
		if d := cmp.Diff(want, ids(t, srv.Partner().Get("/tenants?"+params))); d != "" {
			t.Errorf("GET /tenants?%s (-want +got):\n%s", params, d)
		}
	}
	top := ids(t, srv.Root().Get("/tenants?parent_id="+apitest.RootTenant))
	if d := cmp.Diff([]string{apitest.Acme, globex}, top); d != "" {
		t.Errorf("children of the root, which is its own parent (-want +got):\n%s", d)
	}
}

func TestListsThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	hundred := strings.Repeat(apitest.Acme+",", 99) + apitest.Acme
	for claim, tt := range map[string]struct {
		params string
		status int
	}{
		"nothing is asked for":                   {"", 400},
		"a filter alone asks for nothing":        {"lod=full&allow_deleted=true", 400},
		"ids and a parent exclude each other":    {"uuids=" + apitest.Acme + "&parent_id=" + apitest.Acme, 400},
		"ids and a subtree too":                  {"uuids=" + apitest.Acme + "&subtree_root_id=" + apitest.Acme, 400},
		"a parent and a subtree too":             {"parent_id=" + apitest.Acme + "&subtree_root_id=" + apitest.Acme, 400},
		"a relative path is not for a subtree":   {"include_relative_path=true&subtree_root_id=" + apitest.Acme, 400},
		"nor for a parent":                       {"include_relative_path=true&parent_id=" + apitest.Acme, 400},
		"a hundred ids are allowed":              {"uuids=" + hundred, 200},
		"one more is not":                        {"uuids=" + hundred + "," + apitest.Harbor, 400},
		"an id among others is a UUID":           {"uuids=" + apitest.Acme + ",harbor", 400},
		"a level of detail has three values":     {"lod=most&parent_id=" + apitest.Acme, 400},
		"a page holds one at least":              {"limit=0&parent_id=" + apitest.Acme, 400},
		"a time is a time":                       {"updated_since=yesterday&parent_id=" + apitest.Acme, 400},
		"a cursor is made by the server":         {"after=bm90IGEgY3Vyc29y", 400},
		"and is Base64":                          {"after=%25%25", 400},
		"another partner's children are refused": {"parent_id=" + globex, 403},
		"so is another partner's subtree":        {"subtree_root_id=" + globex, 403},
		"an unknown parent is not found":         {"parent_id=" + apitest.NoSuchID, 404},
		"nor is an unknown root":                 {"subtree_root_id=" + apitest.NoSuchID, 404},
		"nor a deleted one":                      {"subtree_root_id=" + oldMill, 404},
		"unless deleted ones are allowed":        {"allow_deleted=true&subtree_root_id=" + oldMill, 200},
	} {
		expect(t, claim, srv.Partner().Get("/tenants?"+tt.params), tt.status, 0)
	}
	srv.Nobody().Get("/tenants?parent_id=" + apitest.Acme).Want(401)
}

func TestLevelsOfDetailHaveTheirExactMembers(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	stamps := []string{"contacts", "created_at", "deleted_at", "id", "offering_items", "parent_id", "updated_at", "version"}
	basic := append([]string{"enabled", "kind", "name"}, stamps...)
	full := append([]string{
		"customer_type", "customer_id", "brand_id", "brand_uuid", "brand_enabled", "barrier", "internal_tag", "language",
		"owner_id", "has_children", "default_idp_id", "update_lock", "ancestral_access", "mfa_status", "pricing_mode",
		"contact", "external_operation_status", "production_start_date",
	}, basic...)
	for lod, want := range map[string][]string{"lod=stamps&": stamps, "lod=basic&": basic, "lod=full&": full, "": full} {
		a := c.Get("/tenants?" + lod + "uuids=" + apitest.Harbor).Want(200)
		slices.Sort(want)
		if d := cmp.Diff(want, keys(a.Value("/items/0").(obj))); d != "" {
			t.Errorf("members with %q (-want +got):\n%s", lod, d)
		}
		for _, list := range []string{"contacts", "offering_items"} {
			if a.Len("/items/0/"+list) != 0 {
				t.Errorf("%s with %q is not empty", list, lod)
			}
		}
	}
}

func TestListedAndSingleTenantsAgree(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for _, id := range []string{apitest.Acme, apitest.Harbor, elenasOwn, vault, pinned, sunset} {
		single := object(t, c.Get("/tenants/"+id).Want(200))
		listed := c.Get("/tenants?uuids=" + id).Want(200).Value("/items/0").(obj)
		for _, name := range keys(single) {
			if name == "contacts" {
				continue
			}
			if got, want := fmt.Sprint(listed[name]), fmt.Sprint(single[name]); got != want {
				t.Errorf("%s of %s in a list = %s, alone %s", name, id, got, want)
			}
		}
	}
}

func TestTheBarrierIsTheLevelOfTheClosedTenant(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for id, want := range map[string]int64{vault: 2, clerksOwn: 2, apitest.Harbor: 0} {
		a := srv.Root().Get("/tenants?uuids=" + id).Want(200)
		if id == clerksOwn { // out of reach from above
			a = srv.Basic(vaultAdmin, password).Get("/tenants?uuids=" + id).Want(200)
		}
		if got := a.Int("/items/0/barrier"); got != want {
			t.Errorf("barrier of %s = %d, want %d", id, got, want)
		}
	}
}

func TestExpansions(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	a := c.Get("/tenants?lod=stamps&with_contacts=true&expand_offering_items=true&uuids=" + apitest.Acme).Want(200)
	if got, want := []string{a.Text("/items/0/contacts/0/types/0"), a.Text("/items/0/contacts/1/types/0")}, []string{"legal", "billing"}; !slices.Equal(got, want) {
		t.Errorf("types of the contacts = %v, want %v", got, want)
	}
	if got := a.Text("/items/0/contacts/1/tenant_id"); got != apitest.Acme {
		t.Errorf("tenant_id of a contact = %s, want %s", got, apitest.Acme)
	}
	if a.Len("/items/0/offering_items") == 0 {
		t.Error("expand_offering_items shows none of a partner that has some")
	}
	bare := created(c, apitest.Acme, "folder", "Bare")
	for _, filter := range []string{"with_offering_items", "with_infra_offering_items"} {
		list := "/tenants?uuids=" + apitest.Acme + "," + bare + "&" + filter
		if d := cmp.Diff([]string{apitest.Acme}, ids(t, c.Get(list+"=true"))); d != "" {
			t.Errorf("%s=true (-want +got):\n%s", filter, d)
		}
		if got := ids(t, c.Get(list+"=false")); len(got) != 2 {
			t.Errorf("%s=false answers %v, want both tenants", filter, got)
		}
	}
}
