package defaultidp_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants and identities of the demo world beside those of apitest.
const (
	radiology = "a0000000-0000-4000-8000-000000000003" // unit of Harbor
	nightWard = "a0000000-0000-4000-8000-000000000004" // unit of Radiology
	north     = "a0000000-0000-4000-8000-000000000005" // folder of Acme
	birch     = "a0000000-0000-4000-8000-000000000006" // customer in the folder
	oldMill   = "a0000000-0000-4000-8000-000000000008" // deleted
	pinned    = "a0000000-0000-4000-8000-000000000010" // locked by itself
	globex    = "a0000000-0000-4000-8000-000000000013" // partner beside Acme
	personal  = "a1000000-0000-4000-8000-000000000003" // of a user of Harbor

	standard = "11111111-1111-1111-1111-111111111111"
	other    = "c4878582-6e14-451e-9bda-3ff899b3f700"

	viewer     = "viewer@acme-msp.example"
	pharmacist = "pharmacist@pinned-pharmacy.example"
)

type seen struct {
	IdP     string
	Version int64
}

func look(c *apitest.Client, id string) seen {
	a := c.Get("/tenants/" + id).Want(200)
	return seen{a.Text("/default_idp_id"), a.Int("/version")}
}

func put(c *apitest.Client, id string, version int64, children bool) *apitest.Answer {
	return c.Put("/tenants/"+id+"/default_idp", obj{"version": version, "idp_id": other, "apply_to_children": children})
}

func TestOneTenant(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	before := look(api, apitest.Harbor)
	a := put(api, apitest.Harbor, before.Version, false).Want(200)
	want := seen{other, before.Version + 1}
	if diff := cmp.Diff(want, seen{a.Text("/default_idp_id"), a.Int("/version")}); diff != "" {
		t.Errorf("the answer mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, look(api, apitest.Harbor)); diff != "" {
		t.Errorf("the tenant mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(seen{standard, 1}, look(api, radiology)); diff != "" {
		t.Errorf("a child that was not asked for mismatch (-want +got):\n%s", diff)
	}
	user := api.Get("/users/b0000000-0000-4000-8000-000000000003").Text("/idp_id")
	if user != standard {
		t.Errorf("a user of the tenant has the provider %s, want the one before", user)
	}
}

func TestChildrenToo(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	put(api, apitest.Harbor, look(api, apitest.Harbor).Version, true).Want(200)
	for name, tt := range map[string]struct {
		id   string
		want seen
	}{
		"a child is written too":      {radiology, seen{other, 2}},
		"a grandchild is no child":    {nightWard, seen{standard, 1}},
		"nor is the tenant of a user": {personal, seen{standard, 1}},
	} {
		if diff := cmp.Diff(tt.want, look(api, tt.id)); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", name, diff)
		}
	}
}

func TestALockedChildRefusesTheWholeCall(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	before := look(api, apitest.Acme)
	put(api, apitest.Acme, before.Version, true).Refused(403, 1012)
	for _, id := range []string{apitest.Acme, apitest.Harbor} {
		if got := look(api, id).IdP; got != standard {
			t.Errorf("tenant %s was changed by a refused call", id)
		}
	}
	put(api, apitest.Acme, before.Version, false).Want(200)
	put(api, pinned, look(api, pinned).Version, false).Refused(403, 1012)
	put(srv.Basic(pharmacist, apitest.AdminPassword), pinned, look(api, pinned).Version, false).Want(200)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	put(api, north, 99, false).Refused(409, 1001)
	put(api, north, look(api, north).Version, true).Want(200)
	put(api, north, 1, true).Refused(409, 1001)
	put(api, globex, 1, false).Refused(403, 1002)
	put(api, apitest.NoSuchID, 1, false).Refused(404, 404)
	put(api, oldMill, 3, false).Refused(404, 404)
	put(api, "north", 1, false).Refused(404, 404)
	put(srv.Basic(viewer, apitest.AdminPassword), birch, 2, false).Refused(403, 1002)
	for name, body := range map[string]string{
		"no version":               fmt.Sprintf(`{"idp_id":%q,"apply_to_children":true}`, other),
		"no provider":              `{"version":1,"apply_to_children":true}`,
		"a provider that is no id": `{"version":1,"idp_id":"google","apply_to_children":true}`,
		"no word on the children":  fmt.Sprintf(`{"version":1,"idp_id":%q}`, other),
	} {
		t.Run(name, func(t *testing.T) { api.In(t).Put("/tenants/"+birch+"/default_idp", body).Refused(400, 400) })
	}
}
