package mock_test

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/mock/internal/apitest"
	"github.com/tenantry/tenantry/openapi"
)

func smallPNG() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		panic(err) // an image in memory always encodes
	}
	return b.Bytes()
}

// errors are the requests that cannot be derived from a successful one.
var failures = map[string]preparation{
	"getForgotLink 400":            plain("/accounts/forgot_link"),
	"getForgotLink 404":            plain("/accounts/forgot_link?login=nobody"),
	"deleteApplicationSetting 404": plain("/applications/" + platform + "/settings/tenants/" + apitest.Harbor + "/unknown"),
	"getApplicationSetting 404":    plain("/applications/" + platform + "/settings/tenants/" + apitest.Harbor + "/unknown"),

	"issueToken 400":      form("/idp/token", url.Values{"grant_type": {"nothing"}}),
	"issueToken 401":      form("/idp/token", url.Values{"grant_type": {"password"}, "username": {"nobody"}, "password": {"x"}}),
	"issueToken 403":      form("/idp/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {apitest.PartnerClient}, "client_secret": {apitest.PartnerSecret}, "scope": {"urn:acronis.com::account-server::root_admin"}}),
	"revokeToken 400":     form("/idp/revoke_token", url.Values{"client_id": {public}}),
	"revokeToken 401":     form("/idp/revoke_token", url.Values{"token": {"x"}, "client_id": {apitest.PartnerClient}, "client_secret": {"wrong"}}),
	"introspectToken 400": form("/idp/introspect_token", url.Values{}),

	"createOneTimeToken 400":    with("/idp/ott", object{"purpose": "user_login"}),
	"loginWithOneTimeToken 400": with("/idp/ott/login", object{}),
	"loginWithOneTimeToken 401": with("/idp/ott/login", object{"ott": "T1RUAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="}),
	"getDeviceApproval 400": func(*apitest.Server) request {
		return request{path: "/idp/device_authorization/approval", user: true}
	},
	"getDeviceApproval 403": func(*apitest.Server) request {
		return request{path: "/idp/device_authorization/approval?code=AAAA-AAAA", user: true}
	},
	"approveDevice 400": func(*apitest.Server) request {
		return request{path: "/idp/device_authorization/approval", body: object{}, user: true}
	},
	"approveDevice 403": func(*apitest.Server) request {
		return request{path: "/idp/device_authorization/approval", body: object{"code": "AAAA-AAAA"}, user: true}
	},

	"deleteInfra 409":    plain("/infra/" + storage1 + "?version=1"),
	"updateInfra 409":    with("/infra/"+vault, object{"name": "x", "version": 77}),
	"deleteLocation 409": plain("/locations/" + portland + "?version=0"),
	"updateLocation 409": with("/locations/"+portland, object{"name": "x", "version": 77}),

	"createReport 400": with("/reports", object{"result_action": "save"}),

	"search 404":                     plain("/search?tenant=" + apitest.NoSuchID + "&text=harbor"),
	"listTenants 400":                plain("/tenants"),
	"listTenants 404":                plain("/tenants?parent_id=" + apitest.NoSuchID),
	"listTenantsOfferingItems 400":   plain("/tenants/offering_items"),
	"listTenantsOfferingItems 404":   plain("/tenants/offering_items?subtree_root_tenant_id=" + apitest.NoSuchID),
	"updateTenant 409":               with("/tenants/"+apitest.Harbor, object{"name": "x", "version": 77}),
	"restoreTenant 409":              takenName,
	"updateDefaultIdP 409":           with("/tenants/"+apitest.Harbor+"/default_idp", object{"version": 77, "idp_id": apitest.NoSuchID, "apply_to_children": false}),
	"updateTenantMFA 400":            with("/tenants/"+radio+"/mfa/status", object{"enabled": true}),
	"checkEdition 400":               plain("/tenants/" + apitest.Harbor + "/edition?application_id=" + backup + "&target_edition=advanced"),
	"switchEdition 400":              with("/tenants/"+apitest.Harbor+"/edition", object{"application_id": backup, "target_edition": "advanced"}),
	"listOfferingItems 400":          plain("/tenants/" + apitest.Harbor + "/offering_items?type=nothing"),
	"updateOfferingItems 400":        with("/tenants/"+apitest.Harbor+"/offering_items", object{"offering_items": []object{{"application_id": backup, "name": "nothing"}}}),
	"updateOfferingItems 409":        with("/tenants/"+apitest.Harbor+"/offering_items", object{"offering_items": []object{{"application_id": backup, "name": "workstations", "quota": object{"value": 5, "overage": nil, "version": 77}}}}),
	"listAvailableOfferingItems 400": plain("/tenants/" + apitest.Acme + "/offering_items/available_for_child?kind=nothing"),

	"disableBrand 400":    plain("/tenants/" + apitest.Acme + "/brand"),
	"disableBrand 409":    plain("/tenants/" + apitest.Acme + "/brand?version=77"),
	"enableBrand 400":     plain("/tenants/" + apitest.Harbor + "/brand?version=1"),
	"enableBrand 409":     plain("/tenants/" + globex + "/brand?version=77"),
	"updateBrand 400":     with("/tenants/"+globex+"/brand?version=1", object{"company_name": "x"}),
	"updateBrand 409":     with("/tenants/"+apitest.Acme+"/brand?version=77", object{"company_name": "x"}),
	"uploadBrandLogo 400": func(s *apitest.Server) request { r := logo(s); r.bytes = []byte("no picture"); return r },
	"getBrandLogo 404":    plain("/tenants/" + apitest.NoSuchID + "/brand/logo"),

	"listUsers 400":            plain("/users?uuids=" + company + "&tenant_id=" + apitest.Acme),
	"listUsers 404":            plain("/users?subtree_root_tenant_id=" + apitest.NoSuchID),
	"checkLogin 406":           plain("/users/check_login?username=a"),
	"checkLogin 409":           plain("/users/check_login?username=front.desk"),
	"checkPassword 400":        with("/users/check_password", object{"password": "no hash"}),
	"updateUser 409":           with("/users/"+company, object{"language": "de", "version": 77}),
	"updateAccessPolicies 409": stalePolicy,
	"updateUserMFA 400":        with("/users/"+company+"/mfa/status", object{}),
	"restoreUser 409":          takenLogin,
}

func takenName(s *apitest.Server) request {
	rootClient(s).Post("/tenants", object{"name": "Old Mill Hotel", "parent_id": apitest.Acme, "kind": "customer"}).Want(201)
	return request{path: "/tenants/" + gone + "/restore"}
}

func takenLogin(s *apitest.Server) request {
	rootClient(s).Post("/users", object{"tenant_id": apitest.Harbor, "login": "gone@harbor-clinic.example", "contact": object{"email": "x@example.com"}}).Want(200)
	return request{path: "/users/" + people + "08/restore"}
}

func stalePolicy(s *apitest.Server) request {
	path := "/users/" + company + "/access_policies"
	id := rootClient(s).Get(path).Want(200).Text("/items/0/id")
	item := object{"id": id, "version": 77, "role_id": "company_admin", "tenant_id": apitest.Harbor, "trustee_id": company, "trustee_type": "user", "issuer_id": company}
	return request{path: path, body: object{"items": []object{item}}}
}

var lastID = regexp.MustCompile(`^(.*/)[0-9a-f]{8}-[0-9a-f-]{27}`)

// wrongly sends an operation's good request in a way that earns the status: without credentials, as a user without any
// role, for an object that does not exist, in a foreign media type, or with a body that is no JSON.
func wrongly(s *apitest.Server, o *openapi.Operation, r request, status int) (*apitest.Client, request) {
	switch status {
	case 401:
		return s.Nobody(), r
	case 403:
		return s.Bearer(s.UserToken("lab.sync@harbor-clinic.example", apitest.AdminPassword)), r
	case 404:
		r.path = lastID.ReplaceAllString(r.path, "${1}"+apitest.NoSuchID)
		if o.ID == "deleteRegistrationToken" {
			r.path = "/registration_tokens/987654"
		}
	case 415:
		r.bytes, r.media = []byte("text"), "text/plain"
	}
	return r.sender(s), r
}

// Every documented error of every operation is caused, but for those that no client can cause.
func TestEveryDocumentedErrorIsAnswered(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range doc.Operations() {
		for _, status := range o.Statuses {
			key := o.ID + " " + strconv.Itoa(status)
			if status < 400 || unreachable(o, status) != "" || byForm[o.ID] != "" {
				continue
			}
			t.Run(key, func(t *testing.T) {
				t.Parallel()
				if status == 500 {
					s := apitest.Start(t, apitest.With(map[string]string{"report_window": "on"}))
					notReady(t, s)
					return
				}
				s := apitest.Start(t)
				if prepare, ok := failures[key]; ok {
					r := prepare(s)
					r.send(r.sender(s).In(t), o.Method).Want(status)
					return
				}
				c, r := wrongly(s, o, requests[o.ID](s), status)
				r.send(c.In(t), o.Method).Want(status)
			})
		}
	}
}

// unreachable is why no client can cause a documented status, "" if one can.
func unreachable(o *openapi.Operation, status int) string {
	return coverage.NotCausable()[coverage.Pair{Operation: o.ID, Status: status}]
}

// Whatever is listed as unreachable is documented: the list cannot outlive its reasons.
func TestUnreachableErrorsAreDocumented(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for _, o := range doc.Operations() {
		for _, status := range o.Statuses {
			documented[o.ID+" "+strconv.Itoa(status)] = true
		}
	}
	for pair := range coverage.NotCausable() {
		key := pair.Operation + " " + strconv.Itoa(pair.Status)
		if !documented[key] {
			t.Errorf("%s is listed as unreachable, but not documented", key)
		}
	}
	for key := range failures {
		if !documented[key] {
			t.Errorf("%s is caused, but not documented", key)
		}
	}
}

// notReady asks for a report at 6 o'clock in a world whose usage history is late.
func notReady(t *testing.T, s *apitest.Server) {
	t.Helper()
	s.Freeze()
	now := s.Now()
	six := now.Truncate(24 * time.Hour).Add(30 * time.Hour)
	if err := s.Advance(six.Sub(now)); err != nil {
		t.Fatal(err)
	}
	rootClient(s).In(t).Post("/reports", report("once")).Want(500)
}
