package openapi_test

import (
	"net/url"
	"testing"

	"github.com/tenantry/tenantry/openapi"
)

// What existing clients send must never be refused (wire facts, clients 1).
func TestRequestsOfRealClientsPass(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	const json, form = "application/json", "application/x-www-form-urlencoded"
	for name, tt := range map[string]struct{ op, contentType, body, query string }{
		"the user of the user guide": {
			"createUser", json, `{"tenant_id":"` + id + `","login":"mylogin","contact":{"email":"mymail@example.com","firstname":"First","lastname":"Last"}}`, "",
		},
		"a login inside the contact":     {"createUser", json, `{"tenant_id":"` + id + `","login":"mylogin","contact":{"email":"a@b","login":"x"}}`, ""},
		"a tenant with strings":          {"updateTenant", json, `{"version":"1","enabled":"true","tenant_id":"` + id + `"}`, ""},
		"usages without a media type":    {"reportUsages", "", `{"items":[{"resource_id":"r","usage_type":"storage","tenant_id":"` + id + `","usage_value":1}]}`, ""},
		"an activation mail, no body":    {"sendActivationEmail", "", ``, ""},
		"an activation mail, empty body": {"sendActivationEmail", json, `{}`, ""},
		"a version as query":             {"deleteTenant", "", ``, "version=1"},
		"an unencoded star":              {"listOfferingItems", "", ``, "edition=*"},
		"partial offering items": {
			"updateOfferingItems", json, `{"offering_items":[{"application_id":"` + id + `","name":"storage","status":1,"tenant_id":"` + id + `"}]}`, "",
		},
		"a password with a version":      {"setPassword", json, `{"password":"x","version":1}`, ""},
		"a scope that is a URN":          {"issueToken", form, "grant_type=client_credentials&scope=urn%3Aacronis.com%3Atenant-id%3A" + id, ""},
		"a redirect with the code":       {"issueToken", form + ";charset=utf-8", "grant_type=authorization_code&code=x&redirect_uri=http%3A%2F%2Flocalhost", ""},
		"an introspection with a filter": {"introspectToken", form, "token=x&scope_filter%5B0%5D.rn=a", ""},
		"a one-time token, echoed":       {"loginWithOneTimeToken", json, `{"ott":"x","other":"y"}`, ""},
		"pricing sent back": {
			"updatePricing", json, `{"mode":"production","currency":null,"version":1596545222672,"production_start_date":"2020-08-04T12:47:03"}`, "",
		},
		"policies with nil ids": {
			"updateAccessPolicies", json, `{"items":[{"id":"00000000-0000-0000-0000-000000000000","issuer_id":"00000000-0000-0000-0000-000000000000",` +
				`"trustee_id":"` + id + `","trustee_type":"user","tenant_id":"` + id + `","role_id":"partner_admin","version":0}]}`, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			query, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			got := operation(t, d, tt.op).CheckRequest(&openapi.Request{
				Query: query, ContentType: tt.contentType, Body: []byte(tt.body),
			}, openapi.Enforce)
			if f, refused := got.Violation(); refused {
				t.Errorf("%s refuses it: %v", tt.op, f)
			}
		})
	}
}
