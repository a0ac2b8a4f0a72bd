package users_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// Tenants of the demo world, by number.
func tenantNo(n int) string { return fmt.Sprintf("a0000000-0000-4000-8000-%012d", n) }

// Users of the demo world, by number.
func userNo(n int) string { return fmt.Sprintf("b0000000-0000-4000-8000-%012d", n) }

// numbers turns the ids of a list into their numbers.
func numbers(t testing.TB, a *apitest.Answer) []int {
	t.Helper()
	found := []int{}
	for _, id := range ids(t, a) {
		n, err := strconv.Atoi(id[len(id)-12:])
		if err != nil {
			t.Fatalf("the list holds %s, which is no user of the demo world", id)
		}
		found = append(found, n)
	}
	return found
}

const demoExternalID = "S-1-5-21-1004336348-1177238915-682003330-1001"

func TestListFilters(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	acme, harbor, radiology := tenantNo(1), tenantNo(2), tenantNo(3)
	all := []int{1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 22}
	for name, tt := range map[string]struct {
		params []string
		want   []int
	}{
		"no filter is the caller's tree, level by level and without the closed tenant": {nil, all},
		"named users come by id, unknown and unreachable ones are skipped": {
			[]string{"uuids", strings.Join([]string{userNo(10), userNo(2), userNo(23), userNo(17), apitest.NoSuchID, userNo(2)}, ",")}, []int{2, 10},
		},
		"a deleted one too":           {[]string{"uuids", userNo(8)}, []int{}},
		"unless it is asked for":      {[]string{"uuids", userNo(8), "allow_deleted", "true"}, []int{8}},
		"a tree":                      {[]string{"subtree_root_tenant_id", harbor}, []int{3, 4, 5, 6, 7, 9, 10, 11, 12}},
		"a tree with deleted users":   {[]string{"subtree_root_tenant_id", harbor, "allow_deleted", "1"}, []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 12}},
		"a deleted tree":              {[]string{"subtree_root_tenant_id", tenantNo(8), "allow_deleted", "true"}, []int{16}},
		"one tenant alone":            {[]string{"tenant_id", harbor}, []int{3, 4, 5, 6, 7, 9}},
		"external ids in their place": {[]string{"external_ids", demoExternalID + ",S-2", "tenant_id", radiology}, []int{11}},
		"and not elsewhere":           {[]string{"external_ids", demoExternalID, "tenant_id", harbor}, []int{}},
		"an origin":                   {[]string{"origin_id", "lab.sync"}, []int{6}},
		"an origin within a tree":     {[]string{"origin_id", "lab.sync", "subtree_root_tenant_id", radiology}, []int{}},
		"an origin among named users": {[]string{"origin_id", "lab.sync", "uuids", userNo(6) + "," + userNo(3)}, []int{6}},
		"the organization of a partner is itself and its folders": {
			[]string{"subtree_root_tenant_id", acme, "inside_organization", "true"}, []int{1, 2, 13},
		},
		"that of a customer is itself and its units": {
			[]string{"subtree_root_tenant_id", harbor, "inside_organization", "true"}, []int{3, 4, 5, 6, 7, 9, 10, 11, 12},
		},
		"holders of roles, by groups too": {
			[]string{"subtree_root_tenant_id", harbor, "inside_organization", "true", "access_policies", "unit_admin,readonly_admin"}, []int{9, 10, 12},
		},
		"kinds of tenant": {
			[]string{"subtree_root_tenant_id", acme, "inside_organization", "true", "tenant_kinds", "folder"}, []int{13},
		},
		"several kinds": {
			[]string{"subtree_root_tenant_id", harbor, "inside_organization", "true", "tenant_kinds", "unit,partner"}, []int{10, 11, 12},
		},
		"the way down to a target": {
			[]string{"subtree_root_tenant_id", harbor, "inside_organization", "true", "target_tenant_id", radiology}, []int{3, 4, 5, 6, 7, 9, 10, 11},
		},
		"the way to the root itself": {
			[]string{"subtree_root_tenant_id", harbor, "inside_organization", "true", "target_tenant_id", harbor}, []int{3, 4, 5, 6, 7, 9},
		},
		"the way ends where the organization does": {
			[]string{"subtree_root_tenant_id", acme, "inside_organization", "true", "target_tenant_id", harbor}, []int{1, 2},
		},
		"long ago": {[]string{"updated_since", "2001-01-01T00:00:00"}, all},
		"never":    {[]string{"updated_since", "2901-01-01T00:00:00Z"}, []int{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := numbers(t, api.In(t).Get(query(tt.params...)).Want(200))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("GET %s (-want +got):\n%s", query(tt.params...), diff)
			}
		})
	}
}

func TestListRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	acme, harbor := tenantNo(1), tenantNo(2)
	many := strings.TrimSuffix(strings.Repeat(userNo(1)+",", 101), ",")
	for name, tt := range map[string]struct {
		status int
		params []string
	}{
		"uuids and a tree":                     {400, []string{"uuids", userNo(1), "subtree_root_tenant_id", acme}},
		"uuids and external ids":               {400, []string{"uuids", userNo(1), "external_ids", "x", "tenant_id", acme}},
		"uuids and a tenant":                   {400, []string{"uuids", userNo(1), "tenant_id", acme}},
		"a tenant and a tree":                  {400, []string{"tenant_id", acme, "subtree_root_tenant_id", acme}},
		"external ids and a tree":              {400, []string{"external_ids", "x", "subtree_root_tenant_id", acme}},
		"external ids without a tenant":        {400, []string{"external_ids", "x"}},
		"an organization without a tree":       {400, []string{"inside_organization", "true"}},
		"roles without an organization":        {400, []string{"access_policies", "unit_admin", "subtree_root_tenant_id", acme}},
		"kinds without an organization":        {400, []string{"tenant_kinds", "unit", "subtree_root_tenant_id", acme}},
		"a target without an organization":     {400, []string{"target_tenant_id", harbor, "subtree_root_tenant_id", acme}},
		"an organization switched off is none": {400, []string{"tenant_kinds", "unit", "subtree_root_tenant_id", acme, "inside_organization", "false"}},
		"an unknown kind":                      {400, []string{"tenant_kinds", "ship", "subtree_root_tenant_id", acme, "inside_organization", "true"}},
		"a target beside the tree":             {400, []string{"target_tenant_id", tenantNo(6), "subtree_root_tenant_id", harbor, "inside_organization", "true"}},
		"101 uuids":                            {400, []string{"uuids", many}},
		"101 external ids":                     {400, []string{"external_ids", strings.Repeat("x,", 101), "tenant_id", acme}},
		"no date":                              {400, []string{"updated_since", "yesterday"}},
		"no limit":                             {400, []string{"limit", "0"}},
		"an unknown level of detail":           {400, []string{"lod", "more"}},
		"a foreign cursor":                     {400, []string{"after", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAe30"}},
		"an unknown tree":                      {404, []string{"subtree_root_tenant_id", apitest.NoSuchID}},
		"an unknown tenant":                    {404, []string{"tenant_id", apitest.NoSuchID}},
		"an unknown target":                    {404, []string{"target_tenant_id", apitest.NoSuchID, "subtree_root_tenant_id", acme, "inside_organization", "true"}},
		"a deleted tree":                       {404, []string{"subtree_root_tenant_id", tenantNo(8)}},
		"a tree that belongs to others":        {403, []string{"subtree_root_tenant_id", tenantNo(13)}},
		"a tree that is closed to the caller":  {403, []string{"subtree_root_tenant_id", tenantNo(9)}},
		"a tenant above the caller's own":      {403, []string{"tenant_id", apitest.RootTenant}},
	} {
		t.Run(name, func(t *testing.T) {
			api.In(t).Get(query(tt.params...)).Want(tt.status)
		})
	}
}

// TestOverlookedLimit sends what the document forbids to a world that overlooks it.
func TestOverlookedLimit(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t, apitest.With(map[string]string{"validation": "warn"})).Partner()
	api.Get("/users?limit=0").Refused(400, 400)
	api.Put("/users/"+userNo(3)+"/access_policies", obj{"items": []obj{role("king", apitest.Harbor)}}).Refused(400, 400)
}

// TestPages reads the same list in pages of every size: each user comes once, in the same order, and the cursor alone
// carries filters, details and timestamp.
func TestPages(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for _, filter := range [][]string{
		nil,
		{"subtree_root_tenant_id", tenantNo(2)},
		{"subtree_root_tenant_id", tenantNo(1), "lod", "stamps", "allow_deleted", "true"},
		{"uuids", strings.Join([]string{userNo(1), userNo(2), userNo(3), userNo(12)}, ",")},
		{"tenant_id", tenantNo(2), "origin_id", ""},
		{"subtree_root_tenant_id", tenantNo(2), "inside_organization", "true", "target_tenant_id", tenantNo(4)},
	} {
		whole := api.Get(query(filter...)).Want(200)
		for limit := 1; limit <= 4; limit++ {
			first := api.Get(query(append(filter[:len(filter):len(filter)], "limit", strconv.Itoa(limit))...)).Want(200)
			var got []string
			for page := first; ; {
				got = append(got, ids(t, page)...)
				if page.Len("/items") > limit || page.Text("/timestamp") != first.Text("/timestamp") {
					t.Fatalf("filter %v: got the page %s after %s", filter, page.Body, first.Body)
				}
				after, more := page.Find("/paging/cursors/after")
				if !more {
					break
				}
				page = api.Get("/users?after=" + after.(string)).Want(200)
			}
			if diff := cmp.Diff(ids(t, whole), got); diff != "" {
				t.Errorf("filter %v in pages of %d (-whole +pages):\n%s", filter, limit, diff)
			}
		}
	}
}

// TestPagesWhileTheTreeChanges moves the tenant away in which a page ended: what comes after it still comes.
func TestPagesWhileTheTreeChanges(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	folder := newTenant(api, tenantNo(1), "folder", "Mover")
	var in []string
	for _, name := range []string{"A", "B", "C"} {
		tenant := newTenant(api, folder, "customer", name)
		in = append(in, tenant)
		newUser(api, tenant, "user-"+name)
	}
	slices.Sort(in)
	page := api.Get(query("subtree_root_tenant_id", folder, "limit", "2")).Want(200)
	api.Put("/tenants/"+in[1], obj{"version": 1, "parent_id": tenantNo(1)}).Want(200)
	rest := api.Get("/users?after=" + page.Text("/paging/cursors/after")).Want(200)
	if got := rest.Text("/items/0/tenant_id"); rest.Len("/items") != 1 || got != in[2] {
		t.Errorf("after the move: got %s, want the user of %s", rest.Body, in[2])
	}
}

// TestCursorRechecksAccess closes the tree between two pages.
func TestCursorRechecksAccess(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	page := api.Get(query("subtree_root_tenant_id", tenantNo(2), "limit", "1")).Want(200)
	api.Put("/tenants/"+tenantNo(2), obj{"version": api.Get("/tenants/" + tenantNo(2)).Int("/version"), "ancestral_access": false}).Want(200)
	api.Get("/users?after="+page.Text("/paging/cursors/after")).Refused(403, 1002)
}

// TestLevelsOfDetail holds the exact members of the reference and the vendor's closed schemas.
func TestLevelsOfDetail(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	stamps := []string{
		"id", "version", "tenant_id", "created_at", "updated_at", "deleted_at", "access_policies", "origin_id",
		"origin_external_id", "disable_after",
	}
	basic := append(stamps[:len(stamps):len(stamps)], "personal_tenant_id", "login", "enabled", "session_mfa_status", "delivery_channel")
	full := append(basic[:len(basic):len(basic)], "contact", "activated", "language", "business_types", "notifications",
		"idp_id", "mfa_status", "external_operation_status")
	for lod, want := range map[string][]string{"stamps": stamps, "basic": basic, "full": full} {
		a := api.Get(query("uuids", userNo(2), "lod", lod)).Want(200)
		var got []string
		for name := range a.Value("/items/0").(obj) {
			got = append(got, name)
		}
		slices.Sort(got)
		if diff := cmp.Diff(slices.Sorted(slices.Values(want)), got); diff != "" {
			t.Errorf("lod=%s (-want +got):\n%s", lod, diff)
		}
	}
	a := api.Get(query("uuids", userNo(11), "with_access_policies", "true")).Want(200)
	if a.Text("/items/0/external_id") != demoExternalID || a.Text("/items/0/access_policies/0/role_id") != "backup_user" {
		t.Errorf("external id and policies: got %s", a.Body)
	}
	if n := api.Get(query("uuids", userNo(11))).Want(200).Len("/items/0/access_policies"); n != 0 {
		t.Errorf("policies that were not asked for: got %d, want none", n)
	}
}

// TestPollingLosesNothing sends back a list's timestamp, as pollers do: it is cut to whole seconds, and what changed
// within that second comes again rather than never.
func TestPollingLosesNothing(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	api := srv.Partner()
	stamp := api.Get(query("limit", "1")).Want(200).Text("/timestamp")
	id := newUser(api, tenantNo(1), "polled").Text("/id")
	if got := ids(t, api.Get(query("updated_since", stamp)).Want(200)); !slices.Contains(got, id) {
		t.Errorf("updated_since=%s: got %v, want %s among them", stamp, got, id)
	}
	api.Delete("/users/" + id + "?version=1").Want(204)
	gone := api.Get(query("updated_since", stamp, "allow_deleted", "true", "lod", "stamps")).Want(200)
	if i := slices.Index(ids(t, gone), id); i < 0 || gone.Value(fmt.Sprintf("/items/%d/deleted_at", i)) == nil {
		t.Errorf("deleted since %s: got %s, want %s with deleted_at", stamp, gone.Body, id)
	}
}
