package state_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// used writes readings of the item, one for each tenant.
func used(ref model.ItemRef, values map[model.TenantID]int64) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		for id, value := range values {
			tx.ReadUsage(id, ref, value)
		}
		return nil
	}
}

// change changes a tenant's row.
func change(id model.TenantID, f func(*model.Tenant)) func(*state.Tx) error {
	return each([]model.TenantID{id}, func(tx *state.Tx, t *model.Tenant) error {
		changed := *t
		f(&changed)
		tx.UpdateTenant(&changed)
		return nil
	})
}

func TestWhatIsUsedBelowCountsAbove(t *testing.T) {
	t.Parallel()
	vms := item("vms")
	everywhere := map[model.TenantID]int64{partner: 1, reseller: 2, customer: 4, unit: 8, personal: 16, sibling: 32}
	for name, tt := range map[string]struct {
		before func(*state.Tx) error
		want   map[model.TenantID]int64
	}{
		"up to the root": {
			func(*state.Tx) error { return nil },
			map[model.TenantID]int64{root: 63, partner: 31, reseller: 2, customer: 28, unit: 8, personal: 16, sibling: 32},
		},
		"not what deleted tenants used": {
			func(tx *state.Tx) error {
				t, err := tx.Tenant(customer)
				if err == nil {
					tx.DeleteTenant(t)
				}
				return err
			},
			map[model.TenantID]int64{root: 35, partner: 3, reseller: 2, sibling: 32},
		},
		"what closed tenants use, too": {
			change(customer, func(t *model.Tenant) { t.AncestralAccess = false }),
			map[model.TenantID]int64{root: 63, partner: 31, reseller: 2, customer: 28, unit: 8, personal: 16, sibling: 32},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := licensed(t)
			update(t, w, used(vms, everywhere))
			update(t, w, tt.before)
			v := w.View(t.Context())
			got := map[model.TenantID]int64{}
			for id, sums := range v.SpendingBelow(root, model.Period{Start: "2026-03-01", End: "2026-03-04"}) {
				got[id] = sums[vms].Total().Effective
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("sums (-want +got):\n%s", diff)
			}
			for id, want := range tt.want {
				if got := v.SpentNow(id)[vms].Total().Effective; got != want {
					t.Errorf("tenant %s by itself: %d, want %d", id, got, want)
				}
			}
		})
	}
}

func TestTrialsAreCountedApart(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	vms := item("vms")
	update(t, w, used(vms, map[model.TenantID]int64{partner: 1, customer: 4, unit: 8, personal: 16}))
	update(t, w, change(customer, func(t *model.Tenant) { t.Pricing.Mode = model.Trial }))
	update(t, w, change(unit, func(t *model.Tenant) { t.Pricing.Mode = model.Suspended })) // its customer decides
	s := w.View(t.Context()).SpentNow(partner)[vms]
	if s.Trial.Effective != 28 || s.Production.Effective != 1 {
		t.Errorf("on trial %d, in production %d; want 28 and 1", s.Trial.Effective, s.Production.Effective)
	}
}

func TestWhatIsCountedForATenant(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	bare := item("vm_storage")
	for _, ref := range []model.ItemRef{item("vms"), item("workstations"), item("servers"), item("google_mail"), storage(cloud)} {
		update(t, w, on(ref, partner, customer))
	}
	update(t, w, used(item("workstations"), map[model.TenantID]int64{customer: 3}))
	update(t, w, used(bare, map[model.TenantID]int64{unit: 7}))
	update(t, w, off(item("workstations"), customer))
	update(t, w, off(item("servers"), customer))
	v := w.View(t.Context())
	c, err := v.Tenant(customer)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		name    model.OfferingName
		on, has bool
	}
	var got []line
	for _, m := range v.MeteredOf(c, v.SpentNow(customer)) {
		got = append(got, line{m.Ref.Name, m.Offering != nil && m.Offering.On, m.Offering != nil})
	}
	want := []line{{"storage", true, true}, {"vms", true, true}, {"workstations", false, true}, {"vm_storage", false, false}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(line{})); diff != "" {
		t.Errorf("what is counted (-want +got):\n%s", diff)
	}
}

func TestResourcesShareAUsage(t *testing.T) {
	t.Parallel()
	clock := frozen()
	w, err := state.NewMemory(config(clock, nil), licensedTree)
	if err != nil {
		t.Fatal(err)
	}
	gauge, counter := storage(cloud), item("compute_points")
	read := func(resource string, ref model.ItemRef, value int64) {
		update(t, w, func(tx *state.Tx) error {
			tx.ReadResource(resource, customer, ref, value)
			return nil
		})
	}
	wants := func(claim string, ref model.ItemRef, want int64) {
		t.Helper()
		if got := w.View(t.Context()).SpentNow(customer)[ref].Total().Effective; got != want {
			t.Errorf("%s: %d, want %d", claim, got, want)
		}
	}
	read("laptop", gauge, 10)
	read("server", gauge, 30)
	wants("two resources add up", gauge, 40)
	read("laptop", gauge, 4)
	wants("a resource reports what it uses in all", gauge, 34)
	update(t, w, used(gauge, map[model.TenantID]int64{customer: 100}))
	wants("the tenant's own report counts for all", gauge, 100)
	read("laptop", gauge, 5)
	wants("and resources go on from there", gauge, 101)

	read("laptop", counter, 60)
	read("server", counter, 40)
	wants("ranges add up, too", counter, 100)
	if err := clock.Advance(31 * day); err != nil {
		t.Fatal(err)
	}
	wants("a new month begins with nothing", counter, 0)
	wants("what is stored stays", gauge, 101)
	read("laptop", counter, 7)
	wants("what came before the month does not count", counter, 7)
}

func TestAResourceFollowsItsTenantIntoAnotherEdition(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	from, to := storage(cloud), model.ItemRef{App: model.AppBackup, Name: "pw_base_storage", Infra: cloud}
	read := func(ref model.ItemRef, value int64) func(*state.Tx) error {
		return func(tx *state.Tx) error {
			tx.ReadResource("laptop", customer, ref, value)
			return nil
		}
	}
	update(t, w, read(from, 30))
	update(t, w, func(tx *state.Tx) error {
		tx.MoveUsage(customer, from, to)
		return nil
	})
	for _, value := range []int64{31, 29} {
		update(t, w, read(to, value))
		if got := w.View(t.Context()).SpentNow(customer)[to].Total().Effective; got != value {
			t.Errorf("the tenant uses %d, want %d", got, value)
		}
	}
}
