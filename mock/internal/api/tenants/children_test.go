package tenants_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestChildrenInTheirOrders(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	byID := []string{apitest.Harbor, north, sunset, vault, pinned, keystone, cedar}
	byName := []string{cedar, apitest.Harbor, keystone, north, pinned, sunset, vault}
	disabledLast := []string{apitest.Harbor, north, vault, pinned, keystone, cedar, sunset}
	reversed := func(list []string) []string {
		r := slices.Clone(list)
		slices.Reverse(r)
		return r
	}
	for params, want := range map[string][]string{
		"":                    byName,
		"order=name":          byName,
		"order=-name":         reversed(byName),
		"order=as_is":         byID,
		"order=-as_is":        reversed(byID),
		"order=status":        disabledLast,
		"order=-status":       {sunset, apitest.Harbor, north, vault, pinned, keystone, cedar},
		"order=usage.none":    byID, // nobody has reported any
		"order=-usage.none":   byID,
		"order=usage.vms":     {north, sunset, vault, pinned, keystone, cedar, apitest.Harbor}, // alone uses some
		"order=-usage.vms":    byID,
		"allow_deleted=true":  {cedar, apitest.Harbor, keystone, north, oldMill, pinned, sunset, vault},
		"allow_deleted=false": byName,
		"order=usage.storage.c05d399b-ba6b-41e9-a638-cd7ffc7ec87a":   byID,
		"allow_deleted=true&order=status":                            append(slices.Clone(disabledLast), oldMill),
		"allow_deleted=true&order=as_is&unknown_parameters_are=fine": {apitest.Harbor, north, sunset, oldMill, vault, pinned, keystone, cedar},
	} {
		got := texts(t, srv.Partner().Get("/tenants/"+apitest.Acme+"/children?"+params))
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("children?%s (-want +got):\n%s", params, d)
		}
	}
}

func TestOrdersThatDoNotExist(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for _, order := range []string{
		"size", "usage", "usage.", "-usage", "usage.storage.", "usage.storage.c05d", "--name", "name.x", "-", "login", "NAME",
	} {
		expect(t, order, c.Get(query("/tenants/"+apitest.Acme+"/children", "order", order)), 400, 400)
	}
	for _, order := range []string{"usage", "usage.", "size", "--name"} {
		expect(t, order, c.Get(query("/tenants/"+apitest.Acme+"/users", "order", order)), 400, 400)
	}
}

func TestWhoseChildrenAreListed(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for _, list := range []string{"children", "users"} {
		for claim, tt := range map[string]struct {
			id, query string
			status    int
		}{
			"a tenant in reach":                   {apitest.Harbor, "", 200},
			"another partner's tenant is refused": {globex, "", 403},
			"an unknown tenant is not found":      {apitest.NoSuchID, "", 404},
			"nor is an id that is none":           {"acme", "", 404},
			"nor a deleted tenant":                {oldMill, "", 404},
			"unless deleted ones are allowed":     {oldMill, "?allow_deleted=1", 200},
			"what a closed tenant holds is nil":   {vault, "", 200},
			"but its inside is refused":           {clerksOwn, "", 403},
		} {
			expect(t, list+": "+claim, srv.Partner().Get("/tenants/"+tt.id+"/"+list+tt.query), tt.status, 0)
		}
		srv.Nobody().Get("/tenants/" + apitest.Acme + "/" + list).Want(401)
		if got := texts(t, srv.Partner().Get("/tenants/"+vault+"/"+list)); len(got) != 0 {
			t.Errorf("%s of a closed customer from above = %v, want none", list, got)
		}
	}
	c := srv.Basic(vaultAdmin, password)
	unit := created(c, vault, "unit", "Archive")
	if d := cmp.Diff([]string{unit}, texts(t, c.Get("/tenants/"+vault+"/children"))); d != "" {
		t.Errorf("children of a closed customer for its own administrator (-want +got):\n%s", d)
	}
	if got := texts(t, srv.Root().Get("/tenants/"+apitest.RootTenant+"/children")); len(got) != 2 {
		t.Errorf("children of the root = %v, want Acme and Globex, not itself", got)
	}
}
