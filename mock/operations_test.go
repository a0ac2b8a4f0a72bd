package mock_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/apitest"
	"github.com/tenantry/tenantry/openapi"
)

// Rows of the demo world (fixtures/README.md).
const (
	tenants  = "a0000000-0000-4000-8000-0000000000"
	people   = "b0000000-0000-4000-8000-0000000000"
	radio    = tenants + "03"
	off      = tenants + "07" // disabled
	gone     = tenants + "08" // deleted
	globex   = tenants + "13" // outside Acme MSP
	company  = people + "03"
	frontBox = "a1000000-0000-4000-8000-000000000004" // personal tenant of front.desk
	storage1 = "c1000000-0000-4000-8000-000000000001"
	vault    = "c1000000-0000-4000-8000-000000000003" // a storage of Acme MSP's own
	portland = "10ca0000-0000-4000-8000-000000000002" // its location
	public   = "c11e0000-0000-4000-8000-000000000004"

	backup   = "6e6d758d-8e74-3ae3-ac84-50eb0dff12eb"
	notary   = "f9c5744e-bd1a-36b6-b0f0-ecd7483e1796"
	platform = "7459244f-68f3-3bf4-9f53-5f63ecc1d91f"
)

// A request is one that its operation answers with success, for who may send it.
type request struct {
	path  string
	body  any        // JSON
	form  url.Values // in its place
	bytes []byte     // in its place, as media
	media string
	user  bool // sent by front.desk, whom the operation is for
	login bool // sent with a session cookie
	top   bool // path begins at the root of the host
}

// A preparation may call the server first: what is read must be there.
type preparation func(s *apitest.Server) request

func plain(path string) preparation {
	return func(*apitest.Server) request { return request{path: path} }
}

func with(path string, body any) preparation {
	return func(*apitest.Server) request { return request{path: path, body: body} }
}

type object = map[string]any

// root is the client that may do most things, by a bearer token, which every operation takes.
func rootClient(s *apitest.Server) *apitest.Client {
	return s.Bearer(s.ClientToken(apitest.RootClient, apitest.RootSecret))
}

// version of a tenant, user, component or location, at present.
func version(s *apitest.Server, path string) string {
	return "?version=" + rootClient(s).Get(path).Want(200).Value("/version").(interface{ String() string }).String()
}

// requests has one for each operation.
var requests = map[string]preparation{
	"getForgotLink": plain("/accounts/forgot_link?login=front.desk"),
	"locateAccount": func(*apitest.Server) request { return request{path: "/api/1/accounts?login=front.desk", top: true} },

	"listApplications":         plain("/applications"),
	"getApplication":           plain("/applications/" + backup),
	"enableApplication":        plain("/applications/" + backup + "/bindings/tenants/" + apitest.Harbor),
	"disableApplication":       plain("/applications/" + notary + "/bindings/tenants/" + apitest.Harbor),
	"listTenantApplications":   plain("/tenants/" + apitest.Harbor + "/applications?for_ui=true"),
	"listTenantsApplications":  plain("/tenants/applications?tenants=" + apitest.Harbor + "," + apitest.Acme),
	"updateApplicationSetting": with(setting, object{"value": "qwerty", "lock": false}),
	"getApplicationSetting":    afterSetting,
	"deleteApplicationSetting": afterSetting,

	"listClients":  plain("/clients?uuids=" + public),
	"createClient": with("/clients", object{"type": "api_client", "tenant_id": apitest.Acme, "token_endpoint_auth_method": "client_secret_basic"}),
	"getClient":    plain("/clients/" + public),
	"updateClient": with("/clients/"+public, object{"data": object{"client_name": "x"}}),
	"deleteClient": plain("/clients/" + public),

	"listInfra":           plain("/infra?uuids=" + storage1),
	"createInfra":         with("/infra", someInfra),
	"getInfra":            plain("/infra/" + storage1),
	"updateInfra":         with("/infra/"+vault, object{"name": "Renamed", "version": 1}),
	"deleteInfra":         newInfra,
	"listLocations":       plain("/locations?uuids=" + portland),
	"createLocation":      with("/locations", someLocation),
	"getLocation":         plain("/locations/" + portland),
	"updateLocation":      with("/locations/"+portland, object{"name": "Renamed", "version": 0}),
	"deleteLocation":      newLocation,
	"listLocationInfra":   plain("/locations/" + portland + "/infra"),
	"listTenantLocations": plain("/tenants/" + apitest.Acme + "/locations"),

	"createRegistrationToken":       with("/registration_tokens", object{"tenant_id": frontBox, "expires_in": 3600, "scopes": []string{deviceScope}}),
	"createTenantRegistrationToken": with("/tenants/"+frontBox+"/registration_tokens", object{"expires_in": 3600, "scopes": []string{deviceScope}}),
	"listRegistrationTokens":        plain("/registration_tokens"),
	"listTenantRegistrationTokens":  plain("/tenants/" + frontBox + "/registration_tokens"),
	"deleteRegistrationToken":       plain("/registration_tokens/1"),

	"createReport":         with("/reports", report("once")),
	"getReport":            afterReport(""),
	"updateReport":         monthlyReport,
	"deleteReport":         afterReport("?version=1"),
	"listStoredReports":    afterReport("/stored"),
	"downloadStoredReport": storedReport,
	"listTenantReports":    plain("/tenants/" + apitest.Acme + "/reports"),

	"search":              plain("/search?tenant=" + apitest.Acme + "&text=harbor"),
	"listTenants":         plain("/tenants?uuids=" + apitest.Acme),
	"createTenant":        with("/tenants", object{"name": "New", "parent_id": apitest.Acme, "kind": "customer"}),
	"getTenant":           plain("/tenants/" + apitest.Acme + "?embed_path=true"),
	"updateTenant":        with("/tenants/"+apitest.Harbor, object{"name": "Renamed", "version": 1}),
	"deleteTenant":        plain("/tenants/" + off + "?version=2"),
	"restoreTenant":       plain("/tenants/" + gone + "/restore"),
	"listTenantChildren":  plain("/tenants/" + apitest.Acme + "/children"),
	"listTenantUsers":     plain("/tenants/" + apitest.Harbor + "/users"),
	"updateDefaultIdP":    with("/tenants/"+apitest.Harbor+"/default_idp", object{"version": 1, "idp_id": apitest.NoSuchID, "apply_to_children": true}),
	"getTenantMFA":        plain("/tenants/" + apitest.Acme + "/mfa/status"),
	"updateTenantMFA":     with("/tenants/"+apitest.Harbor+"/mfa/status", object{"enabled": true}),
	"getPricing":          plain("/tenants/" + apitest.Harbor + "/pricing"),
	"updatePricing":       echoed("/tenants/" + tenants + "06/pricing"),
	"listTenantsUsages":   plain("/tenants/usages?tenants=" + apitest.Harbor),
	"listTenantUsages":    plain("/tenants/" + apitest.Harbor + "/usages"),
	"reportUsages":        with("/tenants/usages", object{"items": []object{{"tenant_id": apitest.Harbor, "offering_item": "vms", "usage_value": 3}}}),
	"listOfferingItems":   plain("/tenants/" + apitest.Harbor + "/offering_items"),
	"updateOfferingItems": with("/tenants/"+apitest.Harbor+"/offering_items", object{"offering_items": []object{{"application_id": backup, "name": "vms", "status": 0}}}),

	"listAvailableOfferingItems": plain("/tenants/" + apitest.Acme + "/offering_items/available_for_child?kind=customer"),
	"listTenantsOfferingItems":   plain("/tenants/offering_items?subtree_root_tenant_id=" + apitest.Acme),
	"listOfferingItemPrices":     plain("/tenants/" + apitest.Acme + "/offering_items/pricing"),
	"updateOfferingItemPrices":   echoed("/tenants/" + apitest.Acme + "/offering_items/pricing"),
	"checkEdition":               plain("/tenants/" + apitest.Harbor + "/edition?application_id=" + backup + "&target_edition=pck_per_gigabyte"),
	"switchEdition":              with("/tenants/"+apitest.Harbor+"/edition", object{"application_id": backup, "target_edition": "pck_per_gigabyte"}),

	"getBrand":        plain("/tenants/" + apitest.Acme + "/brand"),
	"enableBrand":     plain("/tenants/" + globex + "/brand?version=1"),
	"updateBrand":     with("/tenants/"+apitest.Acme+"/brand?version=1", object{"company_name": "x"}),
	"disableBrand":    plain("/tenants/" + apitest.Acme + "/brand?version=1"),
	"uploadBrandLogo": logo,
	"getBrandLogo":    afterLogo,

	"listUsers":            plain("/users?uuids=" + company),
	"createUser":           with("/users", object{"tenant_id": apitest.Harbor, "login": "somebody", "contact": object{"email": "somebody@example.com"}}),
	"checkLogin":           plain("/users/check_login?username=nobody"),
	"checkPassword":        with("/users/check_password", object{"password": "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"}),
	"getMe":                plain("/users/me"),
	"getUser":              plain("/users/" + company),
	"updateUser":           with("/users/"+company, object{"language": "de", "version": 1}),
	"deleteUser":           plain("/users/" + company + "?version=1"),
	"restoreUser":          plain("/users/" + people + "08/restore"),
	"listAccessPolicies":   plain("/users/" + company + "/access_policies"),
	"updateAccessPolicies": with("/users/"+company+"/access_policies", object{"items": []object{}}),
	"updateUserMFA":        with("/users/"+company+"/mfa/status", object{"enabled": true}),
	"setPassword":          with("/users/"+company+"/password", object{"password": "another"}),
	"sendActivationEmail":  plain("/users/" + people + "05/send-activation-email"),

	"getDiscovery":          plain("/.well-known/openid-configuration"),
	"listKeys":              plain("/idp/keys"),
	"issueToken":            form("/idp/token", url.Values{"grant_type": {"password"}, "username": {"front.desk"}, "password": {apitest.AdminPassword}}),
	"revokeToken":           form("/idp/revoke_token", url.Values{"token": {"unknown"}, "client_id": {public}}),
	"introspectToken":       form("/idp/introspect_token", url.Values{"token": {"unknown"}}),
	"authorizeDevice":       form("/idp/device_authorization", someDevice),
	"getDeviceApproval":     deviceApproval,
	"approveDevice":         deviceApprove,
	"createOneTimeToken":    with("/idp/ott", someLogin),
	"loginWithOneTimeToken": oneTimeLogin,
	"externalLogin":         plain("/idp/external-login"),
	"authorize":             plain("/idp/authorize" + authorizeQuery),
	"logout":                func(*apitest.Server) request { return request{path: "/idp/logout", login: true} },
	"showDevicePage":        plain("/idp/device"),
}

// Bodies that more than one request needs.
var (
	someInfra    = object{"owner_tenant_id": apitest.Acme, "name": "New", "url": "abgw://new.example:44445", "capabilities": []string{"backup"}}
	someLocation = object{"owner_tenant_id": apitest.Acme, "name": "Boston"}
	someDevice   = url.Values{"client_id": {public}, "scope": {deviceScope}}
	someLogin    = object{"purpose": "user_login", "login": "front.desk"}
)

// byForm names operations of the pages that the browser tests of package idp send, form by form.
var byForm = map[string]string{
	"submitLogin":      "its form carries a token that only the page knows",
	"submitDevicePage": "its form carries a token that only the page knows",
}

const (
	setting        = "/applications/" + platform + "/settings/tenants/" + apitest.Harbor + "/PromoteHigherEditions"
	deviceScope    = "urn:acronis.com:tenant-id::backup_agent_admin"
	authorizeQuery = "?response_type=code&scope=openid&client_id=" + public + "&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fcallback" +
		"&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

func form(path string, values url.Values) preparation {
	return func(*apitest.Server) request { return request{path: path, form: values} }
}

func afterSetting(s *apitest.Server) request {
	rootClient(s).Put(setting, object{"value": true}).Want(200)
	return request{path: setting}
}

func newInfra(s *apitest.Server) request {
	id := rootClient(s).Post("/infra", someInfra).Want(201).Text("/id")
	return request{path: "/infra/" + id + "?version=1"}
}

func newLocation(s *apitest.Server) request {
	id := rootClient(s).Post("/locations", someLocation).Want(201).Text("/id")
	return request{path: "/locations/" + id + "?version=0"}
}

func report(kind string) object {
	return object{
		"result_action": "save", "schedule": object{"type": kind},
		"parameters": object{"tenant_id": apitest.Acme, "kind": "usage_current", "level": "accounts"},
	}
}

func afterReport(rest string) preparation {
	return func(s *apitest.Server) request {
		id := rootClient(s).Post("/reports", report("once")).Want(200).Text("/id")
		return request{path: "/reports/" + id + rest}
	}
}

func monthlyReport(s *apitest.Server) request {
	id := rootClient(s).Post("/reports", report("monthly")).Want(200).Text("/id")
	return request{path: "/reports/" + id, body: object{"schedule": object{"enabled": false}}}
}

func storedReport(s *apitest.Server) request {
	path := afterReport("/stored")(s).path
	if err := s.Advance(time.Minute); err != nil { // it is generated by then
		panic(err)
	}
	return request{path: path + "/" + rootClient(s).Get(path).Want(200).Text("/items/0/id")}
}

// echoed sends back what is there, as clients that change one member do.
func echoed(path string) preparation {
	return func(s *apitest.Server) request {
		return request{path: path, body: string(rootClient(s).Get(path).Want(200).Body)}
	}
}

func logo(s *apitest.Server) request {
	path := "/tenants/" + apitest.Acme
	return request{path: path + "/brand/logo" + version(s, path), bytes: smallPNG(), media: "image/png"}
}

func afterLogo(s *apitest.Server) request {
	up := logo(s)
	rootClient(s).Send("POST", up.path, up.media, up.bytes).Want(201)
	return request{path: "/tenants/" + apitest.Acme + "/brand/logo"}
}

func userCode(s *apitest.Server) string {
	return s.Nobody().Form("/idp/device_authorization", someDevice).Want(200).Text("/user_code")
}

func deviceApproval(s *apitest.Server) request {
	return request{path: "/idp/device_authorization/approval?code=" + userCode(s), user: true}
}

func deviceApprove(s *apitest.Server) request {
	return request{path: "/idp/device_authorization/approval", body: object{"code": userCode(s)}, user: true}
}

func oneTimeLogin(s *apitest.Server) request {
	return request{path: "/idp/ott/login", body: object{"ott": s.Partner().Post("/idp/ott", someLogin).Want(200).Text("/ott")}}
}

// send makes the request as somebody.
func (r request) send(c *apitest.Client, method string) *apitest.Answer {
	switch {
	case r.form != nil:
		return c.Form(r.path, r.form)
	case r.bytes != nil:
		return c.Send(method, r.path, r.media, r.bytes)
	}
	return c.Do(method, r.path, r.body)
}

// sender is who may make the request.
func (r request) sender(s *apitest.Server) *apitest.Client {
	switch {
	case r.top:
		return s.Nobody().AtRoot()
	case r.user:
		return s.Bearer(s.UserToken("front.desk", apitest.AdminPassword))
	case r.login:
		return s.Session("front.desk")
	}
	return rootClient(s)
}

// Every operation answers its success status with a body that the document accepts: the server checks its
// answers, so a wrong one would be a 500.
func TestEveryOperationSucceeds(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	documented := 0
	for _, o := range doc.Operations() {
		if !o.Undocumented {
			documented++
		}
		prepare, ok := requests[o.ID]
		if !ok {
			if byForm[o.ID] == "" {
				t.Errorf("%s has no request", o.ID)
			}
			continue
		}
		t.Run(o.ID, func(t *testing.T) {
			t.Parallel()
			s := apitest.Start(t)
			r := prepare(s)
			r.send(r.sender(s).In(t), o.Method).Want(o.Success)
		})
	}
	if documented != 88 {
		t.Errorf("the document has %d operations of the reference, want 88", documented)
	}
}
