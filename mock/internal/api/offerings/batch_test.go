package offerings_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func batch(c *apitest.Client, query string) *apitest.Answer {
	return c.Get("/tenants/offering_items?" + query)
}

// tenantsOf lists the last digits of the items' tenants, in the order in which they come.
func tenantsOf(all []obj) []string {
	var ids []string
	last := any(nil)
	for _, o := range all {
		if o["tenant_id"] != last {
			ids = append(ids, o["tenant_id"].(string)[34:])
		}
		last = o["tenant_id"]
	}
	return ids
}

func TestTheItemsOfATreeComeByLevel(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	all := items(t, batch(c, "subtree_root_tenant_id="+apitest.Acme))
	// Acme; Harbor, North, Sunset, Cedar; Radiology, Birch and, for its quota, the personal tenant of Elena
	if d := cmp.Diff([]string{"01", "02", "05", "07", "12", "03", "03", "06"}, tenantsOf(all)); d != "" {
		t.Errorf("tenants (-want +got):\n%s", d)
	}
	own := 0
	for _, o := range all {
		if o["tenant_id"] == elenasOwn {
			own++
		}
	}
	if own != 1 {
		t.Errorf("of the personal tenant %d items are listed, want the one with a quota", own)
	}
}

func TestFiltersOfATree(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for query, want := range map[string][]string{
		"usage_names=mailboxes":                                    {"mailboxes"},
		"usage_names=storage&editions=standard":                    {"storage@1", "storage@1"},
		"offering_items=vms,servers":                               {"servers", "vms", "vms"},
		"offering_items=vms&editions=pck_per_workload":             nil,
		"offering_items=vms&editions=*":                            {"vms", "vms"},
		"offering_items=vms,local_storage&editions=no_such":        {"local_storage"},
		"updated_since=" + url.QueryEscape("2099-01-01T00:00:00Z"): nil,
	} {
		got := names(t, batch(c, "subtree_root_tenant_id="+apitest.Harbor+"&"+query))
		slices.Sort(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", query, d)
		}
	}
}

func TestPagesHoldEveryItemOnce(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	whole := items(t, batch(c, "subtree_root_tenant_id="+apitest.Acme))
	a := batch(c, "subtree_root_tenant_id="+apitest.Acme+"&limit=7&allow_deleted=false").Want(200)
	stamp := a.Text("/timestamp")
	var paged []obj
	for pages := 1; ; pages++ {
		if got := a.Text("/timestamp"); got != stamp {
			t.Fatalf("page %d has the timestamp %s, want that of the first, %s", pages, got, stamp)
		}
		paged = append(paged, items(t, a)...)
		after, more := a.Find("/paging/cursors/after")
		if !more {
			break
		}
		if a.Len("/items") != 7 {
			t.Fatalf("page %d has %d items, want 7", pages, a.Len("/items"))
		}
		if err := srv.Advance(2 * time.Second); err != nil {
			t.Fatal(err)
		}
		a = batch(c, "after="+url.QueryEscape(after.(string))).Want(200)
	}
	if d := cmp.Diff(whole, paged); d != "" {
		t.Errorf("pages and the whole differ:\n%s", d)
	}
}

func TestPagesGoOverTheEndsOfLevels(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	suspend(c, birch)
	c.Delete("/tenants/" + birch + fmt.Sprintf("?version=%d", c.Get("/tenants/"+birch).Int("/version"))).Want(204)
	for _, list := range []string{
		"offering_items=vms,storage", "offering_items=vms,storage&allow_deleted=true", "usage_names=mailboxes",
	} {
		list += "&subtree_root_tenant_id=" + apitest.Acme // Vault in it is closed
		whole := items(t, batch(c, list))
		for limit := 1; limit <= len(whole)+1; limit++ {
			if d := cmp.Diff(whole, itemsOfPages(t, c, fmt.Sprintf("limit=%d&%s", limit, list))); d != "" {
				t.Errorf("%s in pages of %d (-whole +pages):\n%s", list, limit, d)
			}
		}
	}
}

// itemsOfPages follows the cursors of a list to its end.
func itemsOfPages(t *testing.T, c *apitest.Client, query string) []obj {
	t.Helper()
	var all []obj
	for {
		a := batch(c, query)
		all = append(all, items(t, a)...)
		after, more := a.Find("/paging/cursors/after")
		if !more {
			return all
		}
		query = "after=" + url.QueryEscape(after.(string))
	}
}

func TestACursorIsCheckedAnew(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Basic("admin@cedar-resale.example", apitest.AdminPassword)
	after := url.QueryEscape(batch(c, "subtree_root_tenant_id="+cedar+"&limit=1").Want(200).Text("/paging/cursors/after"))
	batch(c, "after="+after+"&limit=100000").Want(200)
	batch(srv.Basic("admin@globex-services.example", apitest.AdminPassword), "after="+after).Refused(403, 1002)
	batch(c, "after=abc").Want(400)
	batch(c, "after="+after+"x").Want(400)
}

func TestWhoMayListATree(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	batch(c, "").Want(400)
	batch(c, "subtree_root_tenant_id="+apitest.NoSuchID).Refused(404, 404)
	batch(c, "subtree_root_tenant_id="+oldMill).Refused(404, 404)
	batch(c, "subtree_root_tenant_id="+globex).Refused(403, 1002)
	batch(c, "subtree_root_tenant_id=x").Want(400)
	batch(c, "limit=0&subtree_root_tenant_id="+apitest.Acme).Want(400)
	batch(c, "updated_since=yesterday&subtree_root_tenant_id="+apitest.Acme).Want(400)
	if got := len(items(t, batch(srv.Root(), "subtree_root_tenant_id="+apitest.RootTenant+"&offering_items=vms"))); got != 8 {
		t.Errorf("vms are listed %d times, want those of the root, four partners and folders, two customers and a unit", got)
	}
}

func TestAPollerSeesWhatChangedAndWhatWent(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	poll := func(since, more string) []string {
		return names(t, batch(c, "subtree_root_tenant_id="+apitest.Acme+"&updated_since="+url.QueryEscape(since)+more))
	}
	tick := func() string {
		if err := srv.Advance(time.Hour); err != nil {
			t.Fatal(err)
		}
		return srv.Now().UTC().Truncate(time.Second).Format(time.RFC3339)
	}
	since := tick()
	put(c, apitest.Harbor, item("servers", "status", 0)).Want(200)
	if d := cmp.Diff([]string{"-servers"}, poll(since, "")); d != "" {
		t.Errorf("after a change (-want +got):\n%s", d)
	}
	since = tick()
	c.Delete("/applications/" + notary + "/bindings/tenants/" + apitest.Harbor).Want(204)
	if got := poll(since, ""); len(got) != 0 {
		t.Errorf("deleted items without asking for them: %v", got)
	}
	if d := cmp.Diff([]string{"-esignatures", "-notarizations"}, poll(since, "&allow_deleted=true")); d != "" {
		t.Errorf("deleted items (-want +got):\n%s", d)
	}
	since = tick()
	suspend(c, birch)
	c.Delete("/tenants/" + birch + fmt.Sprintf("?version=%d", c.Get("/tenants/"+birch).Int("/version"))).Want(204)
	gone := batch(c, "subtree_root_tenant_id="+apitest.Acme+"&allow_deleted=true&updated_since="+url.QueryEscape(since)).Want(200)
	if n := len(items(t, gone)); n != 22 {
		t.Errorf("items that went with their tenant: %d, want 22", n)
	}
	if !strings.HasPrefix(gone.Text("/items/0/deleted_at"), since[:13]) {
		t.Errorf("deleted_at = %s, want the time of the tenant's deletion", gone.Text("/items/0/deleted_at"))
	}
	since = tick()
	c.Post("/tenants/"+birch+"/restore", nil).Want(204)
	if n := len(poll(since, "")); n != 22 {
		t.Errorf("items that came back with their tenant: %d, want 22", n)
	}
}

func suspend(c *apitest.Client, id string) {
	version := c.Get("/tenants/" + id).Want(200).Int("/version")
	c.Put("/tenants/"+id, obj{"version": version, "enabled": false}).Want(200)
}

func TestTenantsAreListedWithTheirItems(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	tenants := func(query string) []string {
		var ids []string
		for _, o := range items(t, c.Get("/tenants?"+query)) {
			ids = append(ids, o["id"].(string)[34:])
		}
		return ids
	}
	of := "parent_id=" + apitest.Acme
	if d := cmp.Diff([]string{"02", "05", "07", "12"}, tenants(of+"&with_offering_items=true")); d != "" {
		t.Errorf("tenants with items of type count (-want +got):\n%s", d)
	}
	put(c, "a0000000-0000-4000-8000-000000000007", item("storage", "status", 0, "infra_id", block)).Want(200)
	if d := cmp.Diff([]string{"02", "05", "12"}, tenants(of+"&with_offering_items=true&with_infra_offering_items=true")); d != "" {
		t.Errorf("tenants with both types (-want +got):\n%s", d)
	}
	a := c.Get("/tenants?lod=stamps&expand_offering_items=true&uuids=" + apitest.Harbor).Want(200)
	if got, want := a.Len("/items/0/offering_items"), list(c, apitest.Harbor, "?edition=*").Len("/items"); got != want {
		t.Errorf("expanded items: %d, want all %d of the tenant", got, want)
	}
}

func TestATenantMovesWhereItsItemsAreOffered(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	bare := created(c, "folder", "Bare")
	move := func(to string) *apitest.Answer {
		return c.Put("/tenants/"+apitest.Harbor, obj{"version": c.Get("/tenants/" + apitest.Harbor).Int("/version"), "parent_id": to})
	}
	a := move(bare).Refused(400, 1014)
	if a.Len("/error/context/offering_items") == 0 {
		t.Errorf("the refusal names no items: %s", a.Body)
	}
	put(c, north, item("vms", "status", 0)).Want(200)
	if got := move(north).Refused(400, 1014).Text("/error/context/offering_items/0/name"); got != "vms" {
		t.Errorf("lacking = %s, want vms", got)
	}
	move(cedar).Want(200)
}
