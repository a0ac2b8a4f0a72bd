package tenants_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestAMoveTakesTheSubtreeAlong(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	if got := change(c, apitest.Harbor, obj{"parent_id": cedar}).Want(200).Text("/parent_id"); got != cedar {
		t.Errorf("parent_id = %s, want %s", got, cedar)
	}
	want := []any{apitest.Harbor, cedar, apitest.Acme, apitest.RootTenant}
	if d := cmp.Diff(want, c.Get("/tenants/"+radiology+"?embed_path=true").Want(200).Value("/path")); d != "" {
		t.Errorf("path of a unit of the moved customer (-want +got):\n%s", d)
	}
	if got := texts(t, c.Get("/tenants/"+cedar+"/children")); len(got) != 1 || got[0] != apitest.Harbor {
		t.Errorf("children of the new parent = %v, want the moved customer", got)
	}
}

func TestWhereATenantMayMove(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for claim, tt := range map[string]struct {
		id, to       string
		status, code int
	}{
		"a customer moves to a folder":             {keystone, north, 200, 0},
		"a folder moves to a partner":              {north, cedar, 200, 0},
		"a tenant does not move under itself":      {cedar, cedar, 400, 1007},
		"nor under its own descendant":             {apitest.Acme, north, 400, 1007},
		"a unit does not move":                     {nightWard, apitest.Harbor, 400, 1008},
		"nor does a personal tenant":               {elenasOwn, radiology, 400, 1008},
		"nothing moves into a customer":            {vault, birch, 400, 1008},
		"the root does not move":                   {apitest.RootTenant, apitest.Acme, 400, 1027},
		"an unknown target is not found":           {vault, apitest.NoSuchID, 404, 404},
		"nor is a deleted one":                     {vault, oldMill, 404, 404},
		"what is where it should be does not move": {vault, apitest.Acme, 200, 0},
	} {
		expect(t, claim, change(srv.Root(), tt.id, obj{"parent_id": tt.to}), tt.status, tt.code)
	}
}

func TestTheCallerReachesBothEndsOfAMove(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	change(srv.Partner(), birch, obj{"parent_id": globex}).Refused(403, 1002)
	srv.Partner().Put("/tenants/"+summit, obj{"version": 1, "parent_id": apitest.Acme}).Refused(403, 1002)
	change(srv.Partner(), cedar, obj{"ancestral_access": false}).Want(200)
	change(srv.Partner(), birch, obj{"parent_id": cedar}).Refused(403, 1002)
	change(srv.Root(), birch, obj{"parent_id": globex}).Want(200)
	srv.Partner().Get("/tenants/"+birch).Refused(403, 1002)
	srv.Basic(globexClient, globexSecret).Get("/tenants/" + birch).Want(200)
}

func TestNothingMovesUnderADisabledTenant(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	inner := created(c, cedar, "folder", "Inner")
	change(c, cedar, obj{"enabled": false}).Want(200)
	change(c, birch, obj{"parent_id": cedar}).Refused(400, 1013)
	change(c, birch, obj{"parent_id": inner}).Refused(400, 1013)
}

func TestATenantMovesOnlyWhereItsItemsAreOffered(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	bare := created(c, apitest.Acme, "folder", "Bare")
	change(c, apitest.Harbor, obj{"parent_id": bare}).Refused(400, 1014)
	change(c, vault, obj{"parent_id": bare}).Want(200) // has none
}

func TestTheNewSiblingsNamesCount(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	created(c, cedar, "customer", "birch BAKERY")
	change(c, birch, obj{"parent_id": cedar}).Refused(409, 1004)
	change(c, birch, obj{"parent_id": cedar, "name": "Birch Bakery 2"}).Want(200)
}

func TestALockedTenantStaysBelowTheLocksOwner(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	const cedarsAdmin = "b0000000-0000-4000-8000-000000000022"
	roles := obj{"items": []obj{{"tenant_id": apitest.Acme, "role_id": "partner_admin"}}}
	srv.Partner().Put("/users/"+cedarsAdmin+"/access_policies", roles).Want(200)
	c := srv.Basic("admin@cedar-resale.example", password)

	held := created(c, cedar, "customer", "Held", obj{"update_lock": obj{"enabled": true}})
	change(c, held, obj{"parent_id": north}).Refused(400, 1032)
	inner := created(c, cedar, "folder", "Inner")
	change(c, held, obj{"parent_id": inner}).Want(200)
	change(c, held, obj{"parent_id": north, "update_lock": obj{"enabled": false}}).Want(200)
	change(c, birch, obj{"update_lock": obj{"enabled": true}}).Refused(400, 1032) // Cedar is not above it
}
