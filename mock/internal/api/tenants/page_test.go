package tenants_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// pages follows the cursors of a list to its end and answers the ids of all pages.
func pages(t *testing.T, c *apitest.Client, first string) []string {
	t.Helper()
	var all []string
	timestamp := ""
	for path := first; path != ""; {
		a := c.Get(path)
		page := ids(t, a)
		all = append(all, page...)
		if timestamp == "" {
			timestamp = a.Text("/timestamp")
		}
		if got := a.Text("/timestamp"); got != timestamp {
			t.Errorf("timestamp of a later page = %s, want that of the first, %s", got, timestamp)
		}
		path = ""
		if after, more := a.Find("/paging/cursors/after"); more {
			if len(page) == 0 {
				t.Fatalf("a page with a cursor is empty: %s", a.Body)
			}
			path = query("/tenants", "after", after.(string))
		}
	}
	return all
}

func TestPagesHoldEveryTenantOnce(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	hundred := strings.Join([]string{nightWard, radiology, apitest.Harbor, birch, north, vault, cedar}, ",")
	for _, list := range []string{
		"subtree_root_id=" + apitest.Acme,
		"subtree_root_id=" + apitest.Acme + "&allow_deleted=true&lod=stamps",
		"subtree_root_id=" + apitest.RootTenant + "&lod=basic",
		"parent_id=" + apitest.Acme,
		"parent_id=" + apitest.Acme + "&allow_deleted=true",
		"uuids=" + hundred,
		"uuids=" + hundred + "&include_relative_path=true",
	} {
		whole := ids(t, srv.Root().Get("/tenants?"+list))
		for _, limit := range []string{"1", "2", "3", "7"} {
			if d := cmp.Diff(whole, pages(t, srv.Root(), "/tenants?limit="+limit+"&"+list)); d != "" {
				t.Errorf("%s in pages of %s (-whole +pages):\n%s", list, limit, d)
			}
		}
		exact := srv.Root().Get("/tenants?limit=500&" + list).Want(200)
		if _, more := exact.Find("/paging"); more {
			t.Errorf("%s: the last page has a paging member", list)
		}
	}
}

func TestACursorOverridesEveryOtherParameter(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	list := "/tenants?lod=stamps&with_contacts=true&limit=2&subtree_root_id=" + apitest.Acme
	after := srv.Partner().Get(list).Want(200).Text("/paging/cursors/after")
	alone := srv.Partner().Get(query("/tenants", "after", after)).Want(200)
	among := srv.Partner().Get(query("/tenants", "after", after, "uuids", globex, "parent_id", globex, "lod", "full", "limit", "9"))
	if d := cmp.Diff(string(alone.Body), string(among.Want(200).Body)); d != "" {
		t.Errorf("the cursor alone and among others (-alone +among):\n%s", d)
	}
	if alone.Len("/items/0/contacts") == 0 {
		t.Error("the cursor lost with_contacts")
	}
	if _, there := alone.Find("/items/0/name"); there {
		t.Error("the cursor lost the level of detail")
	}
}

func TestACursorIsGoodForItsListAlone(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	after := srv.Partner().Get("/tenants?limit=1&subtree_root_id=" + apitest.Acme).Want(200).Text("/paging/cursors/after")
	srv.Partner().Get(query("/tenants/"+apitest.Acme+"/children", "after", after)).Want(400)
	srv.Partner().Get(query("/tenants", "after", after+"x")).Want(400)
	srv.Partner().Get(query("/tenants", "after", after[1:])).Want(400)
	// Whoever brings it, access is asked anew.
	srv.Basic(globexClient, globexSecret).Get(query("/tenants", "after", after)).Refused(403, 1002)
	srv.Root().Get(query("/tenants", "after", after)).Want(200)
}

func TestPagesGoOnWhenTheLastTenantIsGone(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Root()
	first := c.Get("/tenants?limit=3&subtree_root_id=" + apitest.Acme)
	if got := ids(t, first)[2]; got != north {
		t.Fatalf("the last tenant of the first page is %s, want %s", got, north)
	}
	want := ids(t, c.Get("/tenants?subtree_root_id="+apitest.Acme))[3:]
	want = slices.DeleteFunc(want, func(id string) bool { return id == birch || id == "a1000000-0000-4000-8000-000000000014" })
	change(c, north, obj{"parent_id": globex}).Want(200)
	got := pages(t, c, query("/tenants", "after", first.Text("/paging/cursors/after")))
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the pages after a move of the last tenant (-want +got):\n%s", d)
	}
}

func TestPagesGoOverTheEndsOfLevels(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	gone := created(c, created(c, apitest.Acme, "customer", "Gone Soon"), "unit", "Gone Too")
	deleted(c, gone)
	for _, list := range []string{
		"subtree_root_id=" + apitest.Acme, // Vault in it is closed
		"subtree_root_id=" + apitest.Acme + "&allow_deleted=true",
		"subtree_root_id=" + apitest.Acme + "&with_offering_items=true",
		"subtree_root_id=" + apitest.Harbor,
	} {
		whole := ids(t, c.Get("/tenants?"+list))
		for limit := 1; limit <= len(whole)+1; limit++ {
			if d := cmp.Diff(whole, pages(t, c, fmt.Sprintf("/tenants?limit=%d&%s", limit, list))); d != "" {
				t.Errorf("%s in pages of %d (-whole +pages):\n%s", list, limit, d)
			}
		}
	}
}

func TestACursorLeadsEachCallerToWhatItSees(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	list := "subtree_root_id=" + apitest.Acme
	whole := ids(t, srv.Root().Get("/tenants?"+list))
	for limit := 1; limit < len(whole); limit++ {
		first := srv.Partner().Get(fmt.Sprintf("/tenants?limit=%d&%s", limit, list))
		page := ids(t, first)
		after, more := first.Find("/paging/cursors/after")
		if !more {
			break
		}
		rest := pages(t, srv.Root(), query("/tenants", "after", after.(string)))
		want := whole[slices.Index(whole, page[len(page)-1])+1:]
		if d := cmp.Diff(want, rest); d != "" {
			t.Errorf("another caller after %d tenants (-want +got):\n%s", limit, d)
		}
	}
}

var naive = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$`)

func TestChangesSinceATimestampAreNotLost(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	subtree := func(since string) *apitest.Answer {
		return c.Get(query("/tenants", "subtree_root_id", apitest.Acme, "allow_deleted", "true", "updated_since", since))
	}
	stamp := subtree("2000-01-01T00:00:00Z").Want(200).Text("/timestamp")
	if !naive.MatchString(stamp) {
		t.Errorf("timestamp = %s, want seconds without a zone", stamp)
	}
	change(c, birch, obj{"name": "Birch"}).Want(200)
	c.Delete("/tenants/" + sunset + "?version=2").Want(204)
	want := []string{sunset, birch, "a1000000-0000-4000-8000-000000000015"}
	if d := cmp.Diff(want, ids(t, subtree(stamp))); d != "" {
		t.Errorf("what changed since %s (-want +got):\n%s", stamp, d)
	}
	for _, future := range []string{"2999-01-01T00:00:00", "2999-01-01T00:00:00.123456+02:00"} {
		if got := ids(t, subtree(future)); len(got) != 0 {
			t.Errorf("what changed since %s = %v, want nothing", future, got)
		}
	}
}
