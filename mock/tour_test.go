package mock_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// A client provisions a partner from nothing to billing, over HTTP, and takes it all down again.
func TestProvisioningTour(t *testing.T) {
	t.Parallel()
	s := apitest.Start(t)
	root := rootClient(s)

	partner := root.Post("/tenants", object{"name": "Tour Partner", "parent_id": apitest.Acme, "kind": "partner"}).Want(201).Text("/id")
	enableAll(t, root, apitest.Acme, partner, "partner")
	folder := root.Post("/tenants", object{"name": "Tour Folder", "parent_id": partner, "kind": "folder"}).Want(201).Text("/id")
	enableAll(t, root, partner, folder, "folder")
	customer := root.Post("/tenants", object{"name": "Tour Customer", "parent_id": folder, "kind": "customer"}).Want(201).Text("/id")
	enableOnce(t, root, folder, customer)

	pricing := string(root.Get("/tenants/" + customer + "/pricing").Want(200).Body)
	if !strings.Contains(pricing, `"mode":"trial"`) {
		t.Fatalf("a new customer is not in trial: %s", pricing)
	}
	root.Put("/tenants/"+customer+"/pricing", strings.Replace(pricing, "trial", "production", 1)).Want(200)
	if mode := root.Get("/tenants/" + customer).Want(200).Text("/pricing_mode"); mode != "production" {
		t.Errorf("the tenant's pricing mode is %q", mode)
	}

	useIt(t, s, root, customer)
	reportIt(t, s, root, customer)
	leave(t, root, customer)
}

// enableAll echoes what is available to a child back to it.
func enableAll(t *testing.T, c *apitest.Client, parent, child, kind string) {
	t.Helper()
	offered := available(t, c, parent, kind)
	if len(offered) == 0 {
		t.Fatalf("%s offers nothing to a %s", parent, kind)
	}
	put := c.Put("/tenants/"+child+"/offering_items", object{"offering_items": offered}).Want(200)
	if n := put.Len("/items"); n != len(offered) {
		t.Errorf("%d of %d items were set", n, len(offered))
	}
}

func available(t *testing.T, c *apitest.Client, parent, kind string) []object {
	t.Helper()
	var list struct{ Items []object }
	c.Get("/tenants/" + parent + "/offering_items/available_for_child?edition=*&kind=" + kind).Want(200).Into(&list)
	return list.Items
}

// enableOnce echoes one edition of the backup service, with one storage for each item name: a customer has no more.
func enableOnce(t *testing.T, c *apitest.Client, parent, child string) {
	t.Helper()
	seen := map[string]bool{}
	var chosen []object
	for _, item := range available(t, c, parent, "customer") {
		name, _ := item["name"].(string)
		if item["application_id"] != backup || item["edition"] != "standard" || seen[name] {
			continue
		}
		seen[name] = true
		chosen = append(chosen, item)
	}
	c.Put("/tenants/"+child+"/offering_items", object{"offering_items": chosen}).Want(200)
	apps := string(c.Get("/tenants/" + child + "/applications").Want(200).Body)
	if !strings.Contains(apps, backup) {
		t.Errorf("enabling its items did not turn the application on: %s", apps)
	}
}

// useIt makes a user who backs up, and reports what is used.
func useIt(t *testing.T, s *apitest.Server, root *apitest.Client, customer string) {
	t.Helper()
	user := root.Post("/users", object{"tenant_id": customer, "login": "tour.user", "contact": object{"email": "tour@example.com"}}).Want(200)
	id, personal := user.Text("/id"), user.Text("/personal_tenant_id")
	policy := object{
		"id": "00000000-0000-0000-0000-000000000000", "issuer_id": "00000000-0000-0000-0000-000000000000", "version": 0,
		"trustee_id": id, "trustee_type": "user", "role_id": "backup_user", "tenant_id": personal,
	}
	root.Put("/users/"+id+"/access_policies", object{"items": []object{policy}}).Want(200)
	root.Post("/users/"+id+"/password", object{"password": "tour password"}).Want(204)
	s.Basic("tour.user", "tour password").Get("/users/me").Want(200)
	root.Put("/tenants/usages", object{"items": []object{{"tenant_id": customer, "offering_item": "workstations", "usage_value": 17}}}).Want(200)
	usages := string(root.Get("/tenants/" + customer + "/usages?usage_names=workstations").Want(200).Body)
	if !strings.Contains(usages, `"value":17`) {
		t.Errorf("the reported usage is not listed: %s", usages)
	}
}

// reportIt saves a report and finds the usage in it.
func reportIt(t *testing.T, s *apitest.Server, root *apitest.Client, customer string) {
	t.Helper()
	id := root.Post("/reports", object{
		"result_action": "save", "schedule": object{"type": "once"},
		"parameters": object{"tenant_id": customer, "kind": "usage_current", "level": "accounts", "formats": []string{"csv_v2_0", "json_v2_0"}},
	}).Want(200).Text("/id")
	if err := s.Advance(time.Minute); err != nil {
		t.Fatal(err)
	}
	stored := root.Get("/reports/" + id + "/stored").Want(200)
	if status := stored.Text("/items/0/status"); status != "saved" {
		t.Fatalf("a minute later the report is %s", status)
	}
	csv := string(root.Get("/reports/" + id + "/stored/" + stored.Text("/items/0/id")).Want(200).Body)
	if !strings.HasPrefix(csv, "application.id,application.name,date,") || !strings.Contains(csv, ",workstations,") || !strings.Contains(csv, ",17,") {
		t.Errorf("the CSV does not hold the usage:\n%s", csv)
	}
	var report struct{ Tenants []any }
	root.Get("/reports/" + id + "/stored/" + stored.Text("/items/1/id")).Want(200).Into(&report)
	if len(report.Tenants) == 0 {
		t.Error("the JSON report holds no tenant")
	}
}

// leave switches the edition, turns the service off, and disables, deletes and restores the customer.
func leave(t *testing.T, root *apitest.Client, customer string) {
	t.Helper()
	path := "/tenants/" + customer
	root.Get(path + "/edition?application_id=" + backup + "&target_edition=pck_per_gigabyte").Want(200)
	switched := string(root.Put(path+"/edition", object{"application_id": backup, "target_edition": "pck_per_gigabyte"}).Want(200).Body)
	if !strings.Contains(switched, `"pg_base_workstations"`) {
		t.Errorf("the switched items lack workstations: %s", switched)
	}
	root.Delete("/applications/" + backup + "/bindings" + path).Want(204)
	if n := root.Get(path + "/offering_items?edition=*&status=1").Want(200).Len("/items"); n != 0 {
		t.Errorf("%d items are on without their application", n)
	}
	root.Put(path, object{"enabled": false, "version": at(root, path)}).Want(200)
	root.Delete(path + "?version=" + at(root, path).String()).Want(204)
	root.Get(path).Want(404)
	root.Post(path+"/restore", nil).Want(204)
	if name := root.Get(path).Want(200).Text("/name"); name != "Tour Customer" {
		t.Errorf("restored, it is called %q", name)
	}
}

// at is the present version of what the path names.
func at(c *apitest.Client, path string) json.Number {
	n, _ := c.Get(path).Want(200).Value("/version").(json.Number)
	return n
}
