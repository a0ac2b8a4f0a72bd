package state_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// The tree of these tests is the small one with a folder, a partner below the partner, and a personal tenant.
const (
	folder   = model.TenantID("a0000000-0000-4000-8000-000000000005")
	reseller = model.TenantID("a0000000-0000-4000-8000-000000000006")
	personal = model.TenantID("a0000000-0000-4000-8000-000000000007")

	cloud   = model.InfraID("c0000000-0000-4000-8000-000000000001") // of the root: backup, recovery
	spare   = model.InfraID("c0000000-0000-4000-8000-000000000002") // of the root: backup
	private = model.InfraID("c0000000-0000-4000-8000-000000000003") // of the partner: backup
)

func item(name model.OfferingName) model.ItemRef {
	return model.ItemRef{App: model.AppBackup, Name: name}
}

func storage(on model.InfraID) model.ItemRef {
	return model.ItemRef{App: model.AppBackup, Name: "storage", Infra: on}
}

func licensedTree(tx *state.Tx) error {
	if err := smallTree(tx); err != nil {
		return err
	}
	own := tenant(personal, customer, model.Unit, "Alice")
	own.OwnerID = alice
	rows := []any{
		tenant(folder, partner, model.Folder, "North"), tenant(reseller, partner, model.Partner, "Reseller"), own,
		&model.Infra{ID: cloud, OwnerID: root, Capabilities: []string{model.CapabilityBackup, model.CapabilityRecovery}},
		&model.Infra{ID: spare, OwnerID: root, Capabilities: []string{model.CapabilityBackup}},
		&model.Infra{ID: private, OwnerID: partner, Capabilities: []string{model.CapabilityBackup}},
	}
	for _, row := range rows {
		if err := tx.Fill(row); err != nil {
			return err
		}
	}
	return nil
}

func licensed(t testing.TB) *state.World {
	t.Helper()
	w, err := state.NewMemory(config(frozen(), nil), licensedTree)
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w
}

// on turns items on, from the top down.
func on(ref model.ItemRef, ids ...model.TenantID) func(*state.Tx) error {
	return each(ids, func(tx *state.Tx, t *model.Tenant) error { return tx.TurnOn(t, ref) })
}

func off(ref model.ItemRef, ids ...model.TenantID) func(*state.Tx) error {
	return each(ids, func(tx *state.Tx, t *model.Tenant) error { return tx.TurnOff(t, ref) })
}

func limit(ref model.ItemRef, value, overage int64, ids ...model.TenantID) func(*state.Tx) error {
	q := model.NewQuota(&value, &overage, 7)
	return each(ids, func(tx *state.Tx, t *model.Tenant) error { return tx.SetQuota(t, ref, q) })
}

func each(ids []model.TenantID, f func(*state.Tx, *model.Tenant) error) func(*state.Tx) error {
	return func(tx *state.Tx) error {
		for _, id := range ids {
			t, err := tx.Tenant(id)
			if err != nil {
				return err
			}
			if err := f(tx, t); err != nil {
				return err
			}
		}
		return nil
	}
}

// having lists the tenants that have the item on.
func having(v *state.View, ref model.ItemRef) []model.TenantID {
	var ids []model.TenantID
	for t := range state.Tenants.All(v) {
		if v.Has(t, ref) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

func wantHaving(t *testing.T, w *state.World, ref model.ItemRef, want ...model.TenantID) {
	t.Helper()
	if diff := cmp.Diff(want, having(w.View(t.Context()), ref)); diff != "" {
		t.Errorf("tenants that have %s (-want +got):\n%s", ref, diff)
	}
}

func TestTheRootHasEverythingAndOthersWhatTheirParentHas(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		before []func(*state.Tx) error
		change func(*state.Tx) error
		code   int
	}{
		"a partner can have what the root has":          {change: on(item("vms"), partner)},
		"and storage on the root's components":          {change: on(storage(spare), partner)},
		"but none that lacks the capability":            {change: on(model.ItemRef{App: model.AppBackup, Name: "dr_storage", Infra: spare}, partner), code: 1021},
		"nor on another partner's component":            {change: on(storage(private), sibling), code: 1021},
		"on its own once the application is on above":   {change: on(storage(private), partner)},
		"a customer cannot have what its partner lacks": {change: on(item("vms"), customer), code: 1021},
		"nor what is for partners":                      {change: on(item("child_storages"), partner, customer), code: 1021},
		"a unit can have what its customer has":         {change: on(item("vms"), partner, customer, unit)},
		"the status of a personal tenant is its parent's": {
			before: []func(*state.Tx) error{on(item("vms"), partner, customer)}, change: off(item("vms"), personal), code: 1027,
		},
		"what is on for a personal tenant may be sent again": {
			before: []func(*state.Tx) error{on(item("vms"), partner, customer)}, change: on(item("vms"), personal),
		},
		"the root gives nothing up":       {change: off(item("vms"), root), code: 1027},
		"an item of no name is not there": {change: on(item("nothing"), partner), code: 1021},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := licensed(t)
			for _, f := range tt.before {
				update(t, w, f)
			}
			wantCode(t, w.Update(t.Context(), tt.change), tt.code)
		})
	}
}

func TestWhatIsTurnedOffGoesAllTheWayDown(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	update(t, w, on(item("vms"), partner, reseller, customer, unit))
	update(t, w, on(item("servers"), partner, customer))
	update(t, w, limit(item("vms"), 5, 0, partner, customer, personal))
	wantHaving(t, w, item("vms"), root, partner, customer, unit, reseller, personal)

	update(t, w, off(item("vms"), partner))
	wantHaving(t, w, item("vms"), root)
	wantHaving(t, w, item("servers"), root, partner, customer, personal)

	update(t, w, on(item("vms"), partner, customer))
	for _, id := range []model.TenantID{partner, customer, personal} {
		o, ok := offering(t, w, id, item("vms"))
		if !ok || o.Quota.Version != 0 {
			t.Errorf("the quota of %s came back with the item: %+v", id, o)
		}
	}
}

func TestAnApplicationTakesItsItemsAndTheirUsageAlong(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	update(t, w, on(item("vms"), partner, customer))
	update(t, w, func(tx *state.Tx) error {
		tx.PutUsage(&model.Usage{TenantID: customer, ItemRef: item("vms"), Value: 3})
		return nil
	})
	update(t, w, each([]model.TenantID{partner}, func(tx *state.Tx, p *model.Tenant) error {
		return tx.DisableApp(p, model.AppBackup)
	}))
	v := w.View(t.Context())
	for _, id := range []model.TenantID{partner, customer, personal} {
		row, _ := v.Tenant(id)
		if v.HasApp(row, model.AppBackup) || v.HasUsage(id, item("vms")) {
			t.Errorf("%s still has the application or its usage", id)
		}
	}
	o, ok := offering(t, w, customer, item("vms"))
	if !ok || !o.Deleted() || o.On || !o.UpdatedAt.Equal(start) {
		t.Errorf("the item of the customer: %+v, want it deleted now", o)
	}
	update(t, w, on(item("vms"), partner))
	if o, _ := offering(t, w, partner, item("vms")); o.Deleted() || !o.On {
		t.Errorf("turned on again: %+v, want it live", o)
	}
}

func TestApplicationsThatCannotBeTurnedOnOrOff(t *testing.T) {
	t.Parallel()
	enable := func(app model.AppID, ids ...model.TenantID) func(*state.Tx) error {
		return each(ids, func(tx *state.Tx, t *model.Tenant) error { return tx.EnableApp(t, app) })
	}
	disable := func(app model.AppID, ids ...model.TenantID) func(*state.Tx) error {
		return each(ids, func(tx *state.Tx, t *model.Tenant) error { return tx.DisableApp(t, app) })
	}
	for name, tt := range map[string]struct {
		change func(*state.Tx) error
		code   int
	}{
		"one that is off for the parent":              {enable(model.AppNotary, customer), 1026},
		"one for partners, on a customer":             {enable(model.AppHCI, partner, customer), 1026},
		"any, on a personal tenant":                   {enable(model.AppNotary, partner, personal), 1026},
		"twice is no refusal":                         {enable(model.AppNotary, partner, partner), 0},
		"the platform is on everywhere":               {enable(model.AppPlatform, customer), 0},
		"and cannot be turned off":                    {disable(model.AppPlatform, customer), 1027},
		"nothing can be turned off for the root":      {disable(model.AppNotary, root), 1027},
		"what is off stays off":                       {disable(model.AppNotary, partner), 0},
		"a personal tenant has what its customer has": {disable(model.AppBackup, personal), 1027},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantCode(t, licensed(t).Update(t.Context(), tt.change), tt.code)
		})
	}
}

func TestAQuotaStaysWithinTheHardLimitsAbove(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	update(t, w, on(item("vms"), partner, customer, unit))
	update(t, w, limit(item("vms"), 10, 2, partner))
	wantCode(t, w.Update(t.Context(), limit(item("vms"), 10, 3, customer)), 1022)
	wantCode(t, w.Update(t.Context(), limit(item("vms"), 13, 0, unit)), 1022)
	update(t, w, limit(item("vms"), 10, 2, customer))
	wantCode(t, w.Update(t.Context(), limit(item("servers"), 1, 1, customer)), 1021)
	update(t, w, each([]model.TenantID{unit}, func(tx *state.Tx, u *model.Tenant) error {
		return tx.SetQuota(u, item("vms"), model.Quota{}) // no quota is no claim
	}))
}

func TestALockedItemKeepsItsStatusUntilItGoesWithTheParents(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	update(t, w, on(item("vms"), partner, customer))
	update(t, w, func(tx *state.Tx) error {
		return tx.Fill(&model.Offering{TenantID: customer, ItemRef: item("vms"), On: true, Locked: true})
	})
	wantCode(t, w.Update(t.Context(), off(item("vms"), customer)), 1027)
	update(t, w, off(item("vms"), partner))
	wantHaving(t, w, item("vms"), root)
	update(t, w, on(item("vms"), partner))
	wantCode(t, w.Update(t.Context(), on(item("vms"), customer)), 1027)
}

func TestAMoveAsksWhatTheNewParentOffers(t *testing.T) {
	t.Parallel()
	move := func(to model.TenantID) func(*state.Tx) error {
		return each([]model.TenantID{customer}, func(tx *state.Tx, c *model.Tenant) error {
			parent, err := tx.Tenant(to)
			if err != nil {
				return err
			}
			return tx.CheckMoveOffers(c, parent)
		})
	}
	w := licensed(t)
	update(t, w, on(item("vms"), partner, customer, folder))
	update(t, w, on(storage(spare), partner, customer))
	wantCode(t, w.Update(t.Context(), move(sibling)), 1014)
	wantCode(t, w.Update(t.Context(), move(folder)), 1014)
	update(t, w, on(storage(spare), folder))
	wantCode(t, w.Update(t.Context(), move(folder)), 0)
}

func TestItemsGoAndComeBackWithTheirTenant(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	update(t, w, on(item("vms"), partner, customer))
	update(t, w, each([]model.TenantID{customer}, func(tx *state.Tx, c *model.Tenant) error {
		tx.DeleteTenant(c)
		return nil
	}))
	gone, _ := w.View(t.Context()).Tenant(customer)
	for _, o := range w.View(t.Context()).OfferingsOf(gone) {
		if !o.Deleted() {
			t.Errorf("%s of a deleted tenant is live", o.ItemRef)
		}
	}
	update(t, w, each([]model.TenantID{customer}, func(tx *state.Tx, c *model.Tenant) error {
		return tx.RestoreTenant(c, false)
	}))
	if o, _ := offering(t, w, customer, item("vms")); o.Deleted() || !o.On {
		t.Errorf("after the restore: %+v, want it live", o)
	}
}

func TestAListOfManyTenantsShowsWhatIsAPersonalTenantsOwn(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	update(t, w, on(item("vms"), partner, customer))
	update(t, w, on(item("servers"), partner, customer))
	update(t, w, limit(item("vms"), 1, 0, personal))
	v := w.View(t.Context())
	row, _ := v.Tenant(personal)
	if diff := cmp.Diff([]model.OfferingName{"servers", "vms"}, names(v.OfferingsOf(row))); diff != "" {
		t.Errorf("all items of the personal tenant (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]model.OfferingName{"vms"}, names(v.ListedOfferings(row))); diff != "" {
		t.Errorf("its own (-want +got):\n%s", diff)
	}
}

func TestItemsOnAComponentAreFoundByIt(t *testing.T) {
	t.Parallel()
	w := licensed(t)
	update(t, w, on(storage(spare), partner, customer))
	update(t, w, on(storage(cloud), partner))
	got := slices.Collect(w.View(t.Context()).InfraOfferings(spare))
	if len(got) != 2 || got[0].TenantID != partner || got[1].TenantID != customer {
		t.Errorf("items on the component: %+v, want those of partner and customer", got)
	}
}

func names(items []*model.Offering) []model.OfferingName {
	all := make([]model.OfferingName, len(items))
	for i, o := range items {
		all[i] = o.Name
	}
	return all
}

func offering(t *testing.T, w *state.World, id model.TenantID, ref model.ItemRef) (*model.Offering, bool) {
	t.Helper()
	v := w.View(t.Context())
	row, err := v.Tenant(id)
	if err != nil {
		t.Fatalf("tenant %s: %v", id, err)
	}
	return v.Offering(row, ref)
}

// wantCode compares the platform code of a refusal; 0 is none.
func wantCode(t *testing.T, err error, code int) {
	t.Helper()
	refusal := &model.Error{}
	if err != nil && !errors.As(err, &refusal) {
		t.Fatalf("got %v, want a refusal", err)
	}
	if refusal.Platform != code {
		t.Errorf("got code %d (%v), want %d", refusal.Platform, err, code)
	}
}
