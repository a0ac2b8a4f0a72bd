package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// Numbers of items of the backup application: those of every edition, and those of editions with disaster recovery.
const (
	protecting = 21 // with mailboxes or the seats of Microsoft 365
	recovering = 7
)

func TestTheCatalogueHoldsTheEditionsWithTheirItems(t *testing.T) {
	t.Parallel()
	want := map[string]int{
		"backup standard": protecting + recovering, "backup advanced": protecting, "backup disaster_recovery": protecting + recovering,
		"backup cyber_protect_std": protecting, "backup cyber_protect_adv": protecting, "backup cyber_protect_dre": protecting + recovering,
		"backup per_workload": 4 * (protecting + recovering), "backup per_gigabyte": protecting,
		"backup pck_per_gigabyte": protecting, "backup pck_per_workload": protecting, "backup bundled": protecting, "backup ": 1,
		"files_cloud fss_legacy": 3, "files_cloud fss_per_gigabyte": 3, "files_cloud fss_per_user": 3,
		"physical_data_shipping ": 2, "notary ": 3, "hci ": 10,
	}
	got := map[string]int{}
	for _, a := range model.Applications() {
		for _, it := range model.Items(a.ID) {
			got[a.Type+" "+it.Edition]++
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("items of each edition (-want +got):\n%s", d)
	}
}

func TestNamesOfItems(t *testing.T) {
	t.Parallel()
	prefixes := map[string][]string{
		"standard": {""}, "advanced": {"adv_"}, "disaster_recovery": {"dre_"}, "cyber_protect_std": {"p_"}, "cyber_protect_adv": {"p_adv_"},
		"cyber_protect_dre": {"p_dre_"}, "per_workload": {"pw_", "pw_p_", "pw_p_ess_", "pw_p_adv_"}, "per_gigabyte": {"pg_"},
		"pck_per_gigabyte": {"pg_base_"}, "pck_per_workload": {"pw_base_"}, "bundled": {"bndl_"},
		"fss_legacy": {""}, "fss_per_gigabyte": {"pg_base_"}, "fss_per_user": {"pu_base_"}, "": {""},
	}
	for _, a := range model.Applications() {
		seen := map[model.OfferingName]bool{}
		for _, it := range model.Items(a.ID) {
			prefix, ends := strings.CutSuffix(string(it.Name), it.UsageName)
			if !ends || !slices.Contains(prefixes[it.Edition], prefix) {
				t.Errorf("%s of edition %q has the usage %s", it.Name, it.Edition, it.UsageName)
			}
			if seen[it.Name] {
				t.Errorf("two items of %s are named %s", a.Type, it.Name)
			}
			seen[it.Name] = true
			if found, ok := model.FindItem(a.ID, it.Name); !ok || found != it {
				t.Errorf("FindItem(%s): got %v, want the item", it.Name, found)
			}
		}
	}
	if _, ok := model.FindItem(model.AppNotary, "vms"); ok {
		t.Error("FindItem: an item of one application is found in another")
	}
}

func TestTypesAndUnitsOfItems(t *testing.T) {
	t.Parallel()
	types := []string{model.ItemCount, model.ItemFeature, model.ItemInfra}
	units := []string{"bytes", "quantity", "seconds", "n/a"}
	for _, a := range model.Applications() {
		for _, it := range model.Items(a.ID) {
			if !slices.Contains(types, it.Type) || !slices.Contains(units, it.Unit) {
				t.Errorf("%s is of type %q in %q", it.Name, it.Type, it.Unit)
			}
			if (it.Type == model.ItemInfra) != (it.Capability != "") || (it.Type == model.ItemFeature) != (it.Unit == "n/a") {
				t.Errorf("%s of type %s has the capability %q and the unit %s", it.Name, it.Type, it.Capability, it.Unit)
			}
		}
	}
}

func TestWhatAnItemIsInAnotherEdition(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		app      model.AppID
		from, to string
		want     model.OfferingName
	}{
		"the same usage under the other prefix": {model.AppBackup, "vms", "advanced", "adv_vms"},
		"back again":                            {model.AppBackup, "dre_mobiles", "standard", "mobiles"},
		"under the first of several":            {model.AppBackup, "storage", "per_workload", "pw_storage"},
		"mailboxes have none":                   {model.AppBackup, "mailboxes", "advanced", ""},
		"nor have seats in the standard":        {model.AppBackup, "adv_o365_seats", "standard", ""},
		"recovery is not everywhere":            {model.AppBackup, "dr_storage", "pck_per_gigabyte", ""},
		"files have editions too":               {model.AppFiles, "fc_seats", "fss_per_user", "pu_base_fc_seats"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			it, ok := model.FindItem(tt.app, model.OfferingName(tt.from))
			e, known := model.FindEdition(tt.app, tt.to)
			if !ok || !known {
				t.Fatalf("%s or %s is not published", tt.from, tt.to)
			}
			var got model.OfferingName
			if other, ok := it.Counterpart(e); ok {
				got = other.Name
			}
			if got != tt.want {
				t.Errorf("Counterpart: got %q, want %q", got, tt.want)
			}
		})
	}
	if _, ok := (&model.Item{App: model.AppNotary}).Counterpart(model.Edition{}); ok {
		t.Error("an edition that does not exist has a counterpart")
	}
}

func TestEditionFiltersLetItemsWithoutAnEditionPass(t *testing.T) {
	t.Parallel()
	none, _ := model.FindItem(model.AppBackup, "local_storage")
	vms, _ := model.FindItem(model.AppBackup, "adv_vms")
	for name, tt := range map[string]struct {
		filter []string
		vms    bool
	}{
		"its own":    {[]string{"standard", "advanced"}, true},
		"another":    {[]string{"standard"}, false},
		"all of all": {[]string{model.AnyEdition}, true},
	} {
		if !none.InEdition(tt.filter) || vms.InEdition(tt.filter) != tt.vms {
			t.Errorf("%s: none %v, adv_vms %v, want true and %v", name, none.InEdition(tt.filter), vms.InEdition(tt.filter), tt.vms)
		}
	}
}

func TestSomeItemsAreForPartners(t *testing.T) {
	t.Parallel()
	for _, name := range []model.OfferingName{"child_storages", "adv_child_storages", "dr_child_storages"} {
		it, _ := model.FindItem(model.AppBackup, name)
		if it.Suits(model.Customer) || it.Suits(model.Unit) || !it.Suits(model.Partner) || !it.Suits(model.Folder) {
			t.Errorf("%s suits the wrong kinds", name)
		}
	}
	if model.AppSuits(model.AppHCI, model.Customer) || !model.AppSuits(model.AppHCI, model.Partner) || !model.AppSuits(model.AppBackup, model.Unit) {
		t.Error("applications suit the wrong kinds")
	}
	if _, err := model.FindApplication(model.AppHCI); err != nil || model.AppSuits("unknown", model.Partner) {
		t.Error("an application that does not exist suits somebody")
	}
}

func TestWhatIsCountedHasAUsage(t *testing.T) {
	t.Parallel()
	for name, want := range map[model.OfferingName]bool{"vms": true, "pg_base_vms": true, "vm_storage": true, "total_storage": true, "fc_seats": false, "": false} {
		if got := model.ReportsUsage(model.AppBackup, name); got != want {
			t.Errorf("ReportsUsage(%q) = %v, want %v", name, got, want)
		}
	}
}
