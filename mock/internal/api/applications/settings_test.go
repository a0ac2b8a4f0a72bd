package applications_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func setting(app, tenant, name string) string {
	return "/applications/" + app + "/settings/tenants/" + tenant + "/" + name
}

func TestASettingIsOwnAndInherited(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	a := c.Put(setting(backup, apitest.Acme, "colour"), obj{"value": "red"}).Want(200)
	var got any
	a.Into(&got)
	own := obj{"value": "red", "lock": false, "exclusive": false}
	want := any(obj{"name": "colour", "application_id": backup, "own": own, "effective": nil})
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("set where nothing is inherited (-want +got):\n%s", d)
	}
	inherited := obj{"owner": obj{"type": "tenant", "id": apitest.Acme}, "value": "red", "lock": false}
	want = obj{"name": "colour", "application_id": backup, "own": nil, "effective": inherited}
	c.Get(setting(backup, radiology, "colour")).Want(200).Into(&got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("of a unit below (-want +got):\n%s", d)
	}
	c.Put(setting(backup, apitest.Harbor, "colour"), obj{}).Want(200) // null is a value
	a = c.Get(setting(backup, apitest.Harbor, "colour")).Want(200)
	if a.Value("/own/value") != nil || a.Text("/effective/value") != "red" {
		t.Errorf("own null over an inherited value: %s", a.Body)
	}
	c.Delete(setting(backup, apitest.Harbor, "colour")).Want(204)
	if a = c.Get(setting(backup, apitest.Harbor, "colour")).Want(200); a.Value("/own") != nil {
		t.Errorf("after the deletion: %s", a.Body)
	}
	c.Delete(setting(backup, apitest.Harbor, "colour")).Refused(404, 404)
	c.Delete(setting(backup, apitest.Acme, "colour")).Want(204)
	c.Get(setting(backup, apitest.Harbor, "colour")).Refused(404, 404)
}

func TestValuesOfSettings(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for body, status := range map[string]int{
		`{"value":"text"}`:                200,
		`{"value":1.5,"lock":true}`:       200,
		`{"value":true,"exclusive":true}`: 200,
		`{"value":{"a":[1,2]}}`:           200,
		`{"value":null}`:                  200,
		`{}`:                              200,
		`{"value":[1]}`:                   400,
		`{"value": [] }`:                  400,
		`{"lock":"maybe"}`:                400,
		`{"value":"extra members are fine","own":1}`: 200,
	} {
		if a := c.Put(setting(backup, apitest.Harbor, "shape"), body); a.Status != status {
			t.Errorf("%s: got %d, want %d: %s", body, a.Status, status, a.Body)
		}
	}
}

func TestALockStopsThoseBelow(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	c.Put(setting(backup, apitest.Harbor, "colour"), obj{"value": "blue"}).Want(200)
	c.Put(setting(backup, apitest.Acme, "colour"), obj{"value": "red", "lock": true}).Want(200)
	c.Put(setting(backup, apitest.Harbor, "colour"), obj{"value": "green"}).Refused(403, 403)
	if got := c.Get(setting(backup, radiology, "colour")).Want(200).Text("/effective/value"); got != "red" {
		t.Errorf("a unit inherits %s, want the locked value", got)
	}
	c.Delete(setting(backup, apitest.Harbor, "colour")).Want(204)
	c.Put(setting(backup, apitest.Acme, "colour"), obj{"value": "red", "exclusive": true}).Want(200)
	c.Put(setting(backup, apitest.Harbor, "colour"), obj{"value": "green"}).Want(200)
}

func TestSettingsAboutBillingAreForPartnersAndNotInherited(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	if got := c.Get(setting(platform, apitest.Acme, "licensing_mode")).Want(200).Text("/own/value"); got != "per_gb" {
		t.Errorf("licensing_mode of the partner = %s", got)
	}
	c.Get(setting(platform, apitest.Harbor, "licensing_mode")).Refused(404, 404)
	c.Get(setting(platform, cedar, "licensing_mode")).Refused(404, 404)
	c.Put(setting(platform, apitest.Harbor, "licensing_mode"), obj{"value": "per_gb"}).Refused(400, 1027)
	c.Put(setting(platform, cedar, "licensing_mode"), obj{"value": "per_device"}).Want(200)
	c.Put(setting(platform, cedar, "pricing_info"), obj{"value": 1}).Refused(400, 1027)
	if got := c.Get(setting(platform, apitest.Harbor, "PromoteHigherEditions")).Want(200).Value("/effective/value"); got != true {
		t.Errorf("PromoteHigherEditions of the customer = %v, want the partner's", got)
	}
}

func TestWhoMaySeeAndChangeSettings(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	do := func(c *apitest.Client, method, path string) *apitest.Answer {
		if method == "PUT" {
			return c.Put(path, obj{"value": 1})
		}
		return c.Do(method, path, nil)
	}
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		do(c, method, setting(apitest.NoSuchID, apitest.Harbor, "retention")).Refused(404, 404)
		do(c, method, setting(backup, apitest.NoSuchID, "retention")).Refused(404, 404)
		do(c, method, setting(backup, oldMill, "retention")).Refused(404, 404)
		do(c, method, setting(backup, globex, "retention")).Refused(403, 1002)
		do(srv.Nobody(), method, setting(backup, apitest.Harbor, "retention")).Want(401)
		if method != "GET" {
			do(c, method, setting(backup, pinned, "retention")).Refused(403, 1012)
		}
	}
	c.Send("PUT", setting(backup, apitest.Harbor, "retention"), "text/plain", []byte("{}")).Want(415)
	viewer := srv.Basic("viewer@acme-msp.example", apitest.AdminPassword)
	viewer.Get(setting(backup, apitest.Harbor, "retention")).Want(200)
	viewer.Put(setting(backup, apitest.Harbor, "retention"), obj{}).Want(403)
}
