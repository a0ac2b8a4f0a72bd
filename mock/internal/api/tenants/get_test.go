package tenants_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestReadingATenant(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for claim, tt := range map[string]struct {
		id, query string
		status    int
	}{
		"a tenant in reach":                         {apitest.Harbor, "", 200},
		"a personal tenant":                         {elenasOwn, "", 200},
		"a closed customer shows its properties":    {vault, "", 200},
		"but nothing that is inside it":             {clerksOwn, "", 403},
		"another partner's tenant is refused":       {globex, "", 403},
		"so is the one above the caller":            {apitest.RootTenant, "", 403},
		"an unknown tenant is not found":            {apitest.NoSuchID, "", 404},
		"nor is an id that is none":                 {"acme", "", 404},
		"nor a deleted tenant":                      {oldMill, "", 404},
		"unless deleted ones are allowed":           {oldMill, "?allow_deleted=true", 200},
		"a flag that is no boolean breaks the rule": {apitest.Harbor, "?embed_path=perhaps", 400},
	} {
		if got := srv.Partner().Get("/tenants/" + tt.id + tt.query).Status; got != tt.status {
			t.Errorf("%s: GET /tenants/%s%s: got %d, want %d", claim, tt.id, tt.query, got, tt.status)
		}
	}
	srv.Nobody().Get("/tenants/" + apitest.Harbor).Want(401)
	srv.Basic(viewer, password).Get("/tenants/" + apitest.Harbor).Want(200)
}

func TestThePathStartsWithTheParent(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Root()
	a := c.Get("/tenants/" + nightWard + "?embed_path=true").Want(200)
	want := []any{radiology, apitest.Harbor, apitest.Acme, apitest.RootTenant}
	if d := cmp.Diff(want, a.Value("/path")); d != "" {
		t.Errorf("path (-want +got):\n%s", d)
	}
	top := c.Get("/tenants/" + apitest.RootTenant + "?embed_path=true").Want(200)
	if got := top.Len("/path"); got != 0 {
		t.Errorf("path of the root has %d ids, want none", got)
	}
	if _, there := c.Get("/tenants/" + nightWard).Want(200).Find("/path"); there {
		t.Error("path is there without embed_path")
	}
}

func TestMembersThatOtherObjectsDecide(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Root()
	root := c.Get("/tenants/" + apitest.RootTenant).Want(200)
	if got := root.Text("/parent_id"); got != apitest.RootTenant {
		t.Errorf("parent_id of the root = %s, want its own id", got)
	}
	for claim, tt := range map[string]struct {
		id, member string
		want       any
	}{
		"a customer shows its partner's brand":      {apitest.Harbor, "brand_uuid", "b4a2d000-0000-4000-8000-000000000001"},
		"a partner without one shows the root's":    {globex, "brand_uuid", "b4a2d000-0000-4000-8000-000000000000"},
		"a brand of one's own is enabled":           {apitest.Acme, "brand_enabled", true},
		"an inherited one is not":                   {cedar, "brand_enabled", false},
		"units count as children":                   {apitest.Harbor, "has_children", true},
		"personal tenants do not":                   {keystone, "has_children", false},
		"a tenant may require a second factor":      {keystone, "mfa_status", "enabled"},
		"a personal tenant names its user":          {elenasOwn, "owner_id", "b0000000-0000-4000-8000-000000000003"},
		"and is a unit":                             {elenasOwn, "kind", "unit"},
		"a trial shows in the pricing mode":         {birch, "pricing_mode", "trial"},
		"a disabled tenant keeps its pricing mode":  {sunset, "enabled", false},
		"a tenant without operation shows a null":   {sunset, "external_operation_status", nil},
		"the number of the brand goes with its id":  {globex, "brand_id", root.Value("/brand_id")},
		"the lock names its owner":                  {pinned, "update_lock", obj{"enabled": true, "owner_id": pinned}},
		"a closed tenant says that it is closed":    {vault, "ancestral_access", false},
		"a live tenant has no time of its deletion": {vault, "deleted_at", nil},
	} {
		got := c.Get("/tenants/" + tt.id).Want(200).Value("/" + tt.member)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", claim, d)
		}
	}
}
