package tenants_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// generated are the members that differ from run to run.
func generated(o obj) obj {
	for _, name := range []string{"id", "created_at", "updated_at", "production_start_date"} {
		delete(o, name)
	}
	contacts, _ := o["contacts"].([]any)
	for _, c := range append(contacts, o["contact"]) {
		for _, name := range []string{"id", "created_at", "updated_at", "tenant_id"} {
			delete(c.(obj), name)
		}
	}
	return o
}

func contact(more obj) obj {
	c := obj{
		"types": []any{"legal"}, "email": "", "email_confirmed": nil, "firstname": "", "lastname": "", "address1": nil,
		"address2": nil, "country": nil, "state": nil, "city": nil, "zipcode": nil, "phone": nil, "title": nil,
		"website": nil, "industry": nil, "organization_size": nil, "aan": nil, "fax": nil, "language": nil,
	}
	for k, v := range more {
		c[k] = v
	}
	return c
}

func TestANewTenantHasTheDocumentedDefaults(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	a := srv.Partner().Post("/tenants", body(apitest.Acme, "customer", "Fresh")).Want(201)
	if got, want := a.Text("/created_at"), a.Text("/updated_at"); got != want {
		t.Errorf("created_at = %s, updated_at = %s, want the same", got, want)
	}
	want := obj{
		"version": 1.0, "deleted_at": nil, "name": "Fresh", "parent_id": apitest.Acme, "kind": "customer", "enabled": true,
		"customer_type": "default", "customer_id": nil, "brand_id": 2.0, "brand_uuid": "b4a2d000-0000-4000-8000-000000000001",
		"brand_enabled": false, "internal_tag": nil, "language": "en", "owner_id": nil, "has_children": false,
		"default_idp_id": "11111111-1111-1111-1111-111111111111", "update_lock": obj{"enabled": false, "owner_id": nil},
		"ancestral_access": true, "mfa_status": "disabled", "pricing_mode": "trial", "external_operation_status": nil,
		"contact": contact(nil), "contacts": []any{},
	}
	if d := cmp.Diff(want, generated(object(t, a))); d != "" {
		t.Errorf("POST /tenants (-want +got):\n%s", d)
	}
}

func TestANewTenantTakesEveryMember(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	a := srv.Partner().Post("/tenants", body(apitest.Acme, "partner", "Whole\n", obj{
		"contact": obj{
			"email": "su@test.com", "firstname": "Su", "lastname": nil, "address1": "Home", "phone": "123456789", "fax": "1",
			"language": "pt", "types": []string{"legal", "primary", "legal"}, "aan": "set by the vendor only", "login": "ignored",
		},
		"company_billing_contact": obj{"email": "pay@test.com", "types": []string{"billing"}},
		"enabled":                 false, "customer_id": "123asd", "internal_tag": "tag", "language": "pt_BR",
		"default_idp_id": apitest.NoSuchID, "update_lock": obj{"enabled": true}, "ancestral_access": false,
		"settings": obj{"enhanced_security": true}, "enhanced_security": true,
	})).Want(201)
	want := obj{
		"version": 1.0, "deleted_at": nil, "name": "Whole\n", "parent_id": apitest.Acme, "kind": "partner", "enabled": false,
		"customer_type": "default", "customer_id": "123asd", "brand_id": 2.0, "brand_uuid": "b4a2d000-0000-4000-8000-000000000001",
		"brand_enabled": false, "internal_tag": "tag", "language": "pt_BR", "owner_id": nil, "has_children": false,
		"default_idp_id": apitest.NoSuchID, "update_lock": obj{"enabled": true, "owner_id": apitest.Acme},
		"ancestral_access": false, "mfa_status": "disabled", "pricing_mode": "production", "external_operation_status": nil,
		"contact": contact(obj{
			"types": []any{"legal", "primary"}, "email": "su@test.com", "firstname": "Su", "lastname": nil, "address1": "Home",
			"phone": "123456789", "fax": "1", "language": "pt",
		}),
		"contacts": []any{contact(obj{
			"types": []any{"company_billing"}, "email": "pay@test.com", "deleted_at": nil, "email_domain_type": nil,
		})},
	}
	if d := cmp.Diff(want, generated(object(t, a))); d != "" {
		t.Errorf("POST /tenants (-want +got):\n%s", d)
	}
	stored := generated(object(t, srv.Partner().Get("/tenants/"+a.Text("/id")).Want(200)))
	if d := cmp.Diff(want, stored); d != "" {
		t.Errorf("GET /tenants/{id} after it (-want +got):\n%s", d)
	}
}

func TestWhereATenantMayBeCreated(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for claim, tt := range map[string]struct {
		parent, kind string
		status, code int
	}{
		"a partner holds partners":              {apitest.Acme, "partner", 201, 0},
		"and folders":                           {apitest.Acme, "folder", 201, 0},
		"and customers":                         {apitest.Acme, "customer", 201, 0},
		"but no unit":                           {apitest.Acme, "unit", 400, 1027},
		"nobody makes another root":             {apitest.Acme, "root", 400, 1027},
		"a folder holds customers":              {north, "customer", 201, 0},
		"a customer holds units":                {apitest.Harbor, "unit", 201, 0},
		"but no customer":                       {apitest.Harbor, "customer", 400, 1027},
		"a unit holds units":                    {radiology, "unit", 201, 0},
		"a personal tenant holds nothing":       {elenasOwn, "unit", 400, 1027},
		"a disabled parent takes nothing":       {sunset, "unit", 400, 1003},
		"an unknown parent is not found":        {apitest.NoSuchID, "customer", 404, 404},
		"nor is a deleted one":                  {oldMill, "unit", 404, 404},
		"another partner's tenant is refused":   {globex, "customer", 403, 1002},
		"so is the inside of a closed customer": {vault, "unit", 403, 1002},
	} {
		expect(t, claim, srv.Partner().Post("/tenants", body(tt.parent, tt.kind, claim)), tt.status, tt.code)
	}
}

func TestASuspendedAncestorTakesNothingEither(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	change(srv.Partner(), north, obj{"enabled": false}).Want(200)
	srv.Partner().Post("/tenants", body(birch, "unit", "Oven")).Refused(400, 1003)
}

func TestNamesAreUniqueAmongLiveSiblings(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	c.Post("/tenants", body(apitest.Acme, "folder", "harbor CLINIC")).Refused(409, 1004)
	created(c, north, "customer", "Harbor Clinic")
	created(c, apitest.Acme, "customer", "Harbor Clinic\n")
	created(c, apitest.Acme, "customer", "Old Mill Hotel") // its owner is deleted
}

func TestBodiesThatTheDocumentForbids(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for claim, b := range map[string]obj{
		"no name":          {"parent_id": apitest.Acme, "kind": "customer"},
		"a blank name":     body(apitest.Acme, "customer", " \n"),
		"no parent":        {"name": "x", "kind": "customer"},
		"no kind":          {"name": "x", "parent_id": apitest.Acme},
		"an unknown kind":  body(apitest.Acme, "galaxy", "x"),
		"a parent no UUID": body("acme", "customer", "x"),
		"a long tag":       body(apitest.Acme, "customer", "x", obj{"internal_tag": strings.Repeat("a", 257)}),
		"a bad e-mail":     body(apitest.Acme, "customer", "x", obj{"contact": obj{"email": "nobody"}}),
		"an unknown type":  body(apitest.Acme, "customer", "x", obj{"contact": obj{"types": []string{"family"}}}),
	} {
		if got := c.Post("/tenants", b).Status; got != 400 {
			t.Errorf("POST /tenants with %s: got %d, want 400", claim, got)
		}
	}
	created(c, apitest.Acme, "customer", "x", obj{"internal_tag": strings.Repeat("a", 256), "enabled": "true"})
}

func TestWhoMayCreateTenants(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Nobody().Post("/tenants", body(apitest.Acme, "customer", "x")).Want(401)
	srv.Basic(viewer, password).Post("/tenants", body(apitest.Acme, "customer", "x")).Refused(403, 1002)
	created(srv.Basic(vaultAdmin, password), vault, "unit", "Archive")
}

func TestTheOwnerOfANewLock(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Root()
	a := c.Post("/tenants", body(apitest.Acme, "customer", "Safe", obj{"update_lock": obj{"enabled": true, "owner_id": apitest.Acme}}))
	if got := a.Want(201).Text("/update_lock/owner_id"); got != apitest.Acme {
		t.Errorf("owner of the lock = %s, want %s", got, apitest.Acme)
	}
	foreign := obj{"update_lock": obj{"enabled": true, "owner_id": globex}}
	c.Post("/tenants", body(apitest.Acme, "customer", "Unsafe", foreign)).Refused(400, 1032)
}

func TestAUnitCannotCloseItself(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	unit := created(c, apitest.Harbor, "unit", "Lab", obj{"ancestral_access": false})
	if got := change(c, unit, obj{"ancestral_access": false}).Want(200).Value("/ancestral_access"); got != true {
		t.Errorf("ancestral_access of a unit = %v, want true", got)
	}
}

func TestNewPartnersMayStartWithASecondFactor(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t, apitest.With(map[string]string{"mfa_default": "partners"})).Partner()
	for kind, want := range map[string]string{"partner": "enabled", "customer": "disabled", "folder": "disabled"} {
		a := c.Post("/tenants", body(apitest.Acme, kind, "mfa "+kind)).Want(201)
		if got := a.Text("/mfa_status"); got != want {
			t.Errorf("mfa_status of a new %s = %s, want %s", kind, got, want)
		}
	}
}

func TestATrialEndsAfterOneFullMonth(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	customer := c.Post("/tenants", body(apitest.Acme, "customer", "Trial")).Want(201)
	if start := customer.Text("/production_start_date"); !strings.HasSuffix(start, "-01T00:00:00Z") {
		t.Errorf("production_start_date of a trial = %s, want the first of a month", start)
	}
	partner := c.Post("/tenants", body(apitest.Acme, "partner", "Serious")).Want(201)
	if got, want := partner.Text("/production_start_date"), partner.Text("/created_at"); got != want {
		t.Errorf("production_start_date of a partner = %s, want %s", got, want)
	}
}
