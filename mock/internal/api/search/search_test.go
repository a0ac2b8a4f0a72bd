package search_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

type obj = map[string]any

const (
	radiology  = "a0000000-0000-4000-8000-000000000003"
	vault      = "a0000000-0000-4000-8000-000000000009" // closed to its partner
	globex     = "a0000000-0000-4000-8000-000000000013"
	oldMill    = "a0000000-0000-4000-8000-000000000008" // deleted
	vaultAdmin = "admin@vault-legal.example"
)

func find(c *apitest.Client, tenant, text string, more ...string) *apitest.Answer {
	q := url.Values{"tenant": {tenant}, "text": {text}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return c.Get("/search?" + q.Encode())
}

// names are the names or logins that were found.
func names(t *testing.T, a *apitest.Answer) string {
	t.Helper()
	found := make([]string, a.Want(200).Len("/items"))
	for i := range found {
		at := fmt.Sprintf("/items/%d/", i)
		if name, ok := a.Find(at + "name"); ok {
			found[i] = name.(string)
			continue
		}
		found[i] = a.Text(at + "login")
	}
	return strings.Join(found, ", ")
}

func TestAFoundTenantHasItsMembers(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	want := []any{
		obj{
			"obj_type": "tenant", "id": radiology, "parent_id": apitest.Harbor, "path": []any{"Acme MSP", "Harbor Clinic"},
			"kind": "unit", "name": "Radiology", "first_name": nil, "last_name": nil, "deleted_at": nil,
		},
		obj{
			"obj_type": "user", "id": "b0000000-0000-4000-8000-000000000010", "parent_id": radiology,
			"path": []any{"Acme MSP", "Harbor Clinic", "Radiology"}, "login": "radiology.lead@harbor-clinic.example",
			"first_name": "Rosa", "last_name": "Marin", "deleted_at": nil,
		},
	}
	if d := cmp.Diff(want, find(c, apitest.Acme, "radiol").Want(200).Value("/items")); d != "" {
		t.Errorf("GET /search (-want +got):\n%s", d)
	}
}

func TestWhatMatches(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for claim, tt := range map[string]struct{ text, want string }{
		"the start of a name":                        {"harb", "Harbor Clinic"},
		"the start of its second word":               {"clin", "Harbor Clinic"},
		"words in any order and case":                {"CLIN  harb", "Harbor Clinic"},
		"each word has to match":                     {"harbor bakery", ""},
		"the middle of a word does not match":        {"arbor", ""},
		"a customer id":                              {"hc-1001", "Harbor Clinic"},
		"the e-mail of a contact":                    {"office@harb", "Harbor Clinic"},
		"the names of a contact, and of a user":      {"elena rivera", "Harbor Clinic, elena.rivera@harbor-clinic.example"},
		"a user's login":                             {"front.d", "front.desk"},
		"a user's e-mail, which is not answered":     {"mia.chen@harbor", "front.desk"},
		"a user's last name":                         {"chen", "front.desk"},
		"words of several properties":                {"front mia", "front.desk"},
		"nothing of another partner":                 {"globex", ""},
		"nothing inside a closed tenant, nor itself": {"vault", ""},
		"no user of a closed tenant":                 {"clerk", ""},
		"no deleted tenant":                          {"mill", ""},
		"no deleted user":                            {"gone", ""},
		"what is disabled":                           {"sunset", "Sunset Fitness"},
		"the searched tenant itself":                 {"acme", "Acme MSP"},
	} {
		if got := names(t, find(srv.Partner(), apitest.Acme, tt.text)); got != tt.want {
			t.Errorf("%s: searching %q found %q, want %q", claim, tt.text, got, tt.want)
		}
	}
	for text, want := range map[string]string{"mill": "Old Mill Hotel, manager@old-mill-hotel.example", "gone": "gone@harbor-clinic.example"} {
		a := find(srv.Partner(), apitest.Acme, text, "allow_deleted", "true")
		if got := names(t, a); got != want || a.Value("/items/0/deleted_at") == nil {
			t.Errorf("searching %q with deleted ones found %s, want %s with deleted_at", text, a.Body, want)
		}
	}
}

func TestWhereToSearch(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	if got := names(t, find(srv.Partner(), radiology, "harbor")); got != "" {
		t.Errorf("a search in a unit found %q above it", got)
	}
	inside := find(srv.Basic(vaultAdmin, apitest.AdminPassword), vault, "vault")
	if got := names(t, inside); got != "Vault Legal" {
		t.Errorf("a closed tenant searched by its own administrator: found %q, want itself", got)
	}
	if got := inside.Len("/items/0/path"); got != 0 {
		t.Errorf("path of the searched tenant itself has %d names, want none", got)
	}
	for claim, tt := range map[string]struct {
		tenant string
		status int
	}{
		"another partner's tenant is refused":    {globex, 403},
		"so is the inside of a closed tenant":    {vault, 403},
		"an unknown tenant is not found":         {apitest.NoSuchID, 404},
		"nor is an id that is none":              {"acme", 404},
		"nor a deleted tenant":                   {oldMill, 404},
		"a search needs to be somewhere, though": {"", 404},
	} {
		if got := find(srv.Partner(), tt.tenant, "harbor").Status; got != tt.status {
			t.Errorf("%s: got %d, want %d", claim, got, tt.status)
		}
	}
	find(srv.Partner(), oldMill, "manager", "allow_deleted", "true").Want(200)
	srv.Nobody().Get("/search?tenant=" + apitest.Acme + "&text=harbor").Want(401)
}

func TestBoundsOfTheParameters(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for _, text := range []string{"", "ha", "  h  ", "   "} {
		if got := find(c, apitest.Acme, text).Status; got != 400 {
			t.Errorf("searching %q: got %d, want 400", text, got)
		}
	}
	c.Get("/search?text=harbor").Want(400)
	c.Get("/search?tenant=" + apitest.Acme).Want(400)
	for limit, want := range map[string]int{"0": 400, "-1": 400, "301": 400, "ten": 400, "1": 200, "300": 200} {
		if got := find(c, apitest.Acme, "harbor", "limit", limit).Status; got != want {
			t.Errorf("limit %s: got %d, want %d", limit, got, want)
		}
	}
	for i := range 12 {
		name := fmt.Sprintf("Limited %02d", i)
		c.Post("/tenants", obj{"name": name, "parent_id": apitest.Acme, "kind": "customer"}).Want(201)
	}
	for more, want := range map[string]int{"": 10, "3": 3, "100": 12} {
		a := find(c, apitest.Acme, "limited")
		if more != "" {
			a = find(c, apitest.Acme, "limited", "limit", more)
		}
		if got := a.Want(200).Len("/items"); got != want {
			t.Errorf("limit %q: found %d, want %d", more, got, want)
		}
	}
}
