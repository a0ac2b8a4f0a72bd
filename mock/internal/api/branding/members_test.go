package branding_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// everyMember is the example of the reference, PUT /tenants/{tenant_id}/brand.
const everyMember = `{
	"smtp_encryption": "TLS", "mobile_app_android_download_url": "www.mobile.com/download", "smtp_user": "smtpuser",
	"reg_server_url": "https://rs.example.com", "platform_terms_url": "terms.example.com",
	"owns_custom_legal_docs": true, "company_name": "mycompany", "smtp_port": 465,
	"upsell_url": "www.partner.com/buy", "smtp_server": "smtp.mycompany.com",
	"privacy_policy_url": "https://example.com/privacy.html", "user_guide_url": "guide.example.com",
	"color": "FFFFFF", "service_name": "myservice", "help_url": "help.example.com",
	"knowledgebase_url": "kb.example.com/errorcode/", "logotype": "2f8ad2e2-28f2-11e7-aad1-5ffe2ad47151",
	"home_url": "www.baas.com", "color_scheme": "dark", "smtp_reply_address": "noreply@mycompany.com",
	"support_phone": "+1 1111 1111111", "white_labeled_agent": true, "support_url": "support.example.com",
	"agent_gateway_url": "https://agents.example.com", "smtp_password": "**********",
	"mobile_app_ios_download_url": "www.mobile.com/download", "terms_url": "terms.example.com",
	"account_server_url": "mc.example.com", "smtp_override": 1, "router_url": "cloud.example.com",
	"backup_console_url": "console.example.com", "hide_predefined": 1
}`

// fresh is a brand in which nothing was set.
func fresh(id string) obj {
	b := obj{
		"id": id, "color_scheme": "default", "backup_console_url": "", "hide_predefined": 0.0,
		"owns_custom_legal_docs": false, "white_labeled_agent": false, "smtp_encryption": "", "smtp_override": 0.0,
		"smtp_password": "", "smtp_port": 0.0, "smtp_reply_address": "", "smtp_server": "", "smtp_user": "",
	}
	for _, name := range []string{
		"account_server_url", "agent_gateway_url", "color", "company_name", "help_url", "home_url", "knowledgebase_url",
		"logotype", "mobile_app_android_download_url", "mobile_app_ios_download_url", "platform_terms_url",
		"privacy_policy_url", "reg_server_url", "router_url", "service_name", "support_phone", "support_url",
		"terms_url", "upsell_url", "user_guide_url",
	} {
		b[name] = nil
	}
	return b
}

func TestMembersMerge(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	id := api.Post(brand(api, cedar), nil).Want(201).Text("/brand_uuid")
	want := fresh(id)
	check := func(claim string) {
		t.Helper()
		if diff := cmp.Diff(want, object(t, api.Get("/tenants/"+cedar+"/brand"))); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", claim, diff)
		}
	}
	check("a new brand has every member, unset")

	api.Put(brand(api, cedar), everyMember).Want(200)
	want = object(t, api.Get("/tenants/"+cedar+"/brand"))
	if diff := cmp.Diff("", want["smtp_password"]); diff != "" {
		t.Errorf("the password is shown (-want +got):\n%s", diff)
	}
	for name, unset := range fresh(id) {
		if name != "id" && name != "smtp_password" && cmp.Equal(want[name], unset) {
			t.Errorf("%s is still %v after it was set", name, unset)
		}
	}

	api.Put(brand(api, cedar), obj{"color": "123456", "company_name": nil, "smtp_port": 25}).Want(200)
	want["color"], want["company_name"], want["smtp_port"] = "123456", nil, 25.0
	check("a body changes what it names, null empties a text, the rest stays")

	api.Put(brand(api, cedar), obj{}).Want(200)
	check("an empty body changes no member")

	echo := object(t, api.Get("/tenants/"+cedar+"/brand"))
	echo["something_else"] = "x"
	api.Put(brand(api, cedar), echo).Want(200)
	check("a brand that is sent back stays as it is, unknown members and the id are passed over")
}

func TestBadMembers(t *testing.T) {
	t.Parallel()
	// What the document refuses must not be stored where the document is not enforced: no answer could show it.
	for _, mode := range []string{"enforce", "warn"} {
		api := apitest.Start(t, apitest.With(map[string]string{"validation": mode})).Partner()
		for name, body := range map[string]obj{
			"a colour that is no text":      {"color": 5},
			"a port that is a text":         {"smtp_port": "mail"},
			"an encryption that nobody has": {"smtp_encryption": "ROT13"},
			"a port beyond the last one":    {"smtp_port": 65536},
			"a port below the first one":    {"smtp_port": -1},
			"a third way to override":       {"smtp_override": 2},
			"a logotype that is no id":      {"logotype": "logo.png"},
		} {
			t.Run(name+" in mode "+mode, func(t *testing.T) {
				api := api.In(t)
				api.Put(brand(api, apitest.Acme), body).Want(400)
			})
		}
	}
	t.Run("bad mail settings have a code of their own", func(t *testing.T) {
		api := apitest.Start(t).Partner()
		api.Put(brand(api, apitest.Acme), obj{"smtp_port": 70000}).Refused(400, 1025)
	})
}

func TestOtherMediaTypesAreRefused(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	api.Send("PUT", brand(api, apitest.Acme), "text/plain", []byte(`{"color":"000000"}`)).Refused(415, 415)
	api.Send("PUT", brand(api, apitest.Acme), "application/json", []byte(`[]`)).Refused(400, 400)
	api.Send("PUT", brand(api, apitest.Acme), "application/json", []byte(`{"color":`)).Refused(400, 400)
}
