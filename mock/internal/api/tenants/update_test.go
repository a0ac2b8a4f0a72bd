package tenants_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestAnUpdateKeepsWhatItDoesNotName(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	before := object(t, c.Get("/tenants/"+apitest.Harbor).Want(200))
	got := object(t, c.Put("/tenants/"+apitest.Harbor, obj{
		"version": 1, "name": "Harbor Hospital", "customer_type": "small_office", "customer_id": nil, "internal_tag": "tag",
		"language": "fr", "default_idp_id": apitest.NoSuchID, "contact": obj{"firstname": "New Name", "title": "Dr"},
		"external_operation_status": "recovering", "brand_id": 1111, "tenant_id": apitest.Harbor,
	}).Want(200))

	want := before
	want["version"], want["name"], want["customer_type"], want["customer_id"] = 2.0, "Harbor Hospital", "small_office", nil
	want["internal_tag"], want["language"], want["default_idp_id"] = "tag", "fr", apitest.NoSuchID
	want["external_operation_status"] = "recovering"
	want["contact"].(obj)["firstname"], want["contact"].(obj)["title"] = "New Name", "Dr"
	want["updated_at"], want["contact"].(obj)["updated_at"] = got["updated_at"], got["contact"].(obj)["updated_at"]
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("PUT /tenants/{id} (-want +got):\n%s", d)
	}
	if got["updated_at"].(string) <= got["created_at"].(string) {
		t.Errorf("updated_at = %s, want it after created_at = %s", got["updated_at"], got["created_at"])
	}
}

func TestAFetchedTenantCanBeSentBackWhole(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Root()
	for _, id := range []string{apitest.RootTenant, apitest.Acme, apitest.Harbor, radiology, elenasOwn, sunset} {
		before := object(t, c.Get("/tenants/"+id).Want(200))
		got := object(t, c.Put("/tenants/"+id, before).Want(200))
		for _, o := range []obj{before, got} {
			delete(o, "version")
			delete(o, "updated_at")
			delete(o["contact"].(obj), "updated_at")
		}
		if d := cmp.Diff(before, got); d != "" {
			t.Errorf("tenant %s sent back (-fetched +answered):\n%s", id, d)
		}
	}
}

func TestEachUpdateIsOneVersion(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for want := int64(2); want < 5; want++ {
		if got := c.Put("/tenants/"+birch, obj{"version": want - 1}).Want(200).Int("/version"); got != want {
			t.Errorf("version = %d, want %d", got, want)
		}
	}
	c.Put("/tenants/"+birch, obj{"version": 3}).Refused(409, 1001)
	c.Put("/tenants/"+birch, obj{"version": 5}).Refused(409, 1001)
	c.Put("/tenants/"+birch, obj{"version": "4", "enabled": "true"}).Want(200)
	c.Put("/tenants/"+birch, obj{"name": "x"}).Want(400)
}

func TestNullsEmptyMembers(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	change(c, apitest.Harbor, obj{"internal_tag": "x", "customer_id": "y", "external_operation_status": "deleting"}).Want(200)
	a := change(c, apitest.Harbor, obj{"internal_tag": nil, "customer_id": nil, "external_operation_status": "no_operation"}).Want(200)
	for _, member := range []string{"internal_tag", "customer_id", "external_operation_status"} {
		if got := a.Value("/" + member); got != nil {
			t.Errorf("%s = %v, want null", member, got)
		}
	}
	a = change(c, apitest.Harbor, obj{"contact": obj{"phone": nil, "types": []string{"legal", "legal"}}}).Want(200)
	if got := a.Value("/contact/phone"); got != nil {
		t.Errorf("contact.phone = %v, want null", got)
	}
	change(c, apitest.Harbor, obj{"internal_tag": strings.Repeat("x", 257)}).Want(400)
}

func TestUpdatesThatARuleForbids(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for claim, tt := range map[string]struct {
		id           string
		members      obj
		status, code int
	}{
		"a partner can become a folder":              {cedar, obj{"kind": "folder"}, 200, 0},
		"a folder can become a partner":              {north, obj{"kind": "partner"}, 200, 0},
		"a customer stays a customer":                {birch, obj{"kind": "partner"}, 400, 1027},
		"nothing becomes the root":                   {keystone, obj{"kind": "root"}, 400, 1027},
		"a sibling's name is taken":                  {sunset, obj{"name": "PINNED pharmacy"}, 409, 1004},
		"one's own name in other letters is not":     {vault, obj{"name": "VAULT LEGAL"}, 200, 0},
		"a name needs a visible character":           {vault, obj{"name": "  "}, 400, 400},
		"the root stays enabled":                     {apitest.RootTenant, obj{"enabled": false}, 400, 1027},
		"the root's name clashes with no child's":    {apitest.RootTenant, obj{"name": "Acme MSP"}, 200, 0},
		"a locked tenant is not even the root's":     {pinned, obj{"name": "x"}, 403, 1012},
		"a deleted tenant is not there":              {oldMill, obj{"name": "x"}, 404, 404},
		"an unknown customer type is none":           {birch, obj{"customer_type": "regal"}, 400, 400},
		"an unknown operation is none":               {birch, obj{"external_operation_status": "x"}, 400, 400},
		"a lock's owner stands above":                {radiology, obj{"update_lock": obj{"enabled": true, "owner_id": birch}}, 400, 1032},
		"a personal tenant keeps its name to itself": {elenasOwn, obj{"name": "front.desk"}, 200, 0},
	} {
		expect(t, claim, change(srv.Root(), tt.id, tt.members), tt.status, tt.code)
	}
}

func TestWhoMayUpdateATenant(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	rename := obj{"version": 1, "name": "x"}
	srv.Nobody().Put("/tenants/"+birch, rename).Want(401)
	srv.Basic(viewer, password).Put("/tenants/"+birch, rename).Refused(403, 1002)
	srv.Partner().Put("/tenants/"+summit, rename).Refused(403, 1002)
	srv.Partner().Put("/tenants/"+apitest.NoSuchID, rename).Refused(404, 404)
	srv.Partner().Put("/tenants/acme", rename).Refused(404, 404)
	srv.Partner().Put("/tenants/"+clerksOwn, rename).Refused(403, 1002)
	srv.Partner().Put("/tenants/"+vault, rename).Want(200) // closed, but its properties are open
	srv.Basic(pharmacist, password).Put("/tenants/"+pinned, obj{"version": 1, "name": "y"}).Want(200)
}

func TestLockingAndUnlocking(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	lock := func(members obj) obj { return obj{"update_lock": members} }

	a := change(srv.Partner(), birch, lock(obj{"enabled": true})).Want(200)
	if d := cmp.Diff(obj{"enabled": true, "owner_id": apitest.Acme}, a.Value("/update_lock")); d != "" {
		t.Errorf("who locks owns the lock (-want +got):\n%s", d)
	}
	change(srv.Root(), birch, lock(obj{"enabled": false})).Refused(403, 1012)
	srv.Root().Delete("/tenants/"+birch+"?version=2").Refused(403, 1012)
	change(srv.Admin(), birch, obj{"name": "Birch & Sons"}).Want(200) // of the same tenant

	a = change(srv.Partner(), birch, lock(obj{"owner_id": birch})).Want(200)
	if got := a.Text("/update_lock/owner_id"); got != birch {
		t.Errorf("the lock was handed on to %s, want %s", got, birch)
	}
	change(srv.Partner(), birch, lock(obj{"enabled": false})).Refused(403, 1012)
	a = change(srv.Basic("inga@birch-bakery.example", password), birch, lock(obj{"enabled": false})).Want(200)
	if d := cmp.Diff(obj{"enabled": false, "owner_id": nil}, a.Value("/update_lock")); d != "" {
		t.Errorf("an open lock has no owner (-want +got):\n%s", d)
	}
	change(srv.Root(), birch, obj{"name": "Birch"}).Want(200)
}

func TestADisabledTenantSuspendsAllBelow(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	const inga = "inga@birch-bakery.example"
	token := srv.UserToken(inga, password)
	srv.Bearer(token).Get("/tenants/" + birch).Want(200)

	change(srv.Partner(), north, obj{"enabled": false}).Want(200)
	srv.Bearer(token).Get("/tenants/" + birch).Want(401)
	srv.Basic(inga, password).Get("/tenants/" + birch).Want(401)
	if got := srv.Partner().Get("/tenants/" + birch).Want(200).Value("/enabled"); got != true {
		t.Errorf("enabled of a tenant below = %v, want it unchanged", got)
	}

	change(srv.Partner(), north, obj{"enabled": true}).Want(200)
	srv.Basic(inga, password).Get("/tenants/" + birch).Want(200)
	srv.Bearer(token).Get("/tenants/" + birch).Want(401) // a revoked token stays so
}

func TestClosingATenantToItsAncestors(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	change(srv.Partner(), apitest.Harbor, obj{"ancestral_access": false}).Want(200)
	srv.Partner().Get("/tenants/"+radiology).Refused(403, 1002)
	srv.Basic("elena.rivera@harbor-clinic.example", password).Get("/tenants/" + radiology).Want(200)
	change(srv.Partner(), apitest.Harbor, obj{"ancestral_access": true}).Want(200)
	srv.Partner().Get("/tenants/" + radiology).Want(200)
}
