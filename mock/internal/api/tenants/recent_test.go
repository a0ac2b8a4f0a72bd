package tenants_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// A list since a moment goes another way than one without: along the changes, not through the tree.
func TestAListSinceLongAgoIsTheWholeList(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	deleted(srv.Partner(), created(srv.Partner(), apitest.Acme, "customer", "Gone Again"))
	for _, list := range []string{
		"subtree_root_id=" + apitest.Acme,
		"subtree_root_id=" + apitest.Acme + "&allow_deleted=true&lod=stamps",
		"subtree_root_id=" + apitest.Harbor,
		"subtree_root_id=" + apitest.RootTenant + "&lod=basic",
		"subtree_root_id=" + apitest.RootTenant + "&with_offering_items=true",
	} {
		for _, c := range []*apitest.Client{srv.Root(), srv.Partner()} {
			all := c.Get("/tenants?" + list)
			if all.Status != 200 {
				continue // out of reach
			}
			whole := ids(t, all)
			for _, limit := range []string{"1", "3", "2000"} {
				got := pages(t, c, "/tenants?updated_since=2001-01-01T00:00:00&limit="+limit+"&"+list)
				if d := cmp.Diff(whole, got); d != "" {
					t.Errorf("%s in pages of %s (-whole +since):\n%s", list, limit, d)
				}
			}
		}
	}
}
