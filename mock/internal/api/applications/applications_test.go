package applications_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

type application struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Usages  []string `json:"usages"`
	BaseURL string   `json:"api_base_url"`
}

// TestApplications holds the published ids, names and addresses (wire facts, core 9).
func TestApplications(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	want := map[string]application{
		"6e6d758d-8e74-3ae3-ac84-50eb0dff12eb": {Name: "Backup", Type: "backup", BaseURL: "/bc/"},
		"dfd85a5f-a464-32ab-81fd-99bcc66a070f": {Name: "File Sync & Share", Type: "files_cloud", BaseURL: "/fc/"},
		"b71b2c18-590a-303c-9d5a-8444fbe713ac": {Name: "Physical Data Shipping", Type: "physical_data_shipping", BaseURL: "/pds/"},
		"f9c5744e-bd1a-36b6-b0f0-ecd7483e1796": {Name: "Notary", Type: "notary", BaseURL: "/notary/console"},
		"cc29685d-a9ca-3e87-a83d-069f18b588f0": {Name: "Cyber Infrastructure", Type: "hci", BaseURL: "/hci/"},
		"7459244f-68f3-3bf4-9f53-5f63ecc1d91f": {Name: "Management Portal", Type: "platform", BaseURL: "/mc/"},
	}
	var list struct {
		Items []application `json:"items"`
	}
	answer := api.Get("/applications").Want(200).Into(&list)
	if _, there := answer.Find("/timestamp"); there {
		t.Errorf("the list has a timestamp: %s", answer.Body)
	}
	got := map[string]application{}
	usages := map[string]int{}
	for _, a := range list.Items {
		var one application
		api.Get("/applications/" + a.ID).Want(200).Into(&one)
		if diff := cmp.Diff(a, one); diff != "" {
			t.Errorf("application %s by itself (-in list +alone):\n%s", a.ID, diff)
		}
		usages[a.Type] = len(a.Usages)
		got[a.ID] = application{Name: a.Name, Type: a.Type, BaseURL: a.BaseURL}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("GET /applications (-want +got):\n%s", diff)
	}
	wantUsages := map[string]int{"backup": 39, "files_cloud": 4, "physical_data_shipping": 2, "notary": 6, "hci": 20, "platform": 0}
	if diff := cmp.Diff(wantUsages, usages); diff != "" {
		t.Errorf("number of usages (-want +got):\n%s", diff)
	}
}

func TestUnknownApplications(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	for _, id := range []string{apitest.NoSuchID, apitest.Harbor, "backup"} {
		srv.Partner().Get("/applications/"+id).Refused(404, 404)
	}
	srv.Nobody().Get("/applications").Want(401)
}
