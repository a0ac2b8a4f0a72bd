package model_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func limits(value, overage int64) model.Quota {
	return model.NewQuota(&value, &overage, 1)
}

func code(t *testing.T, err error) int {
	t.Helper()
	refusal := &model.Error{}
	if err != nil && !errors.As(err, &refusal) {
		t.Fatalf("got %v, want a refusal", err)
	}
	return refusal.Platform
}

func TestAQuotaWithoutAValueIsNone(t *testing.T) {
	t.Parallel()
	overage := int64(5)
	if d := cmp.Diff(model.Quota{}, model.NewQuota(nil, &overage, 7)); d != "" {
		t.Errorf("NewQuota(nil, 5, 7) (-want +got):\n%s", d)
	}
	if !limits(3, 4).Same(model.Quota{Value: model.Ptr(int64(3)), Overage: model.Ptr(int64(4)), Version: 9}) || limits(3, 4).Same(limits(3, 5)) || limits(3, 4).Same(model.Quota{}) {
		t.Error("Same: versions count, or limits do not")
	}
}

func TestCheckWithin(t *testing.T) {
	t.Parallel()
	soft := model.Quota{Value: model.Ptr(int64(10))}
	for name, tt := range map[string]struct {
		asked, above model.Quota
		want         int
	}{
		"within the hard limit":             {limits(10, 2), limits(10, 2), 0},
		"above it with the overage":         {limits(10, 3), limits(10, 2), model.CodeQuotaExceeded},
		"above it without":                  {model.Quota{Value: model.Ptr(int64(13))}, limits(10, 2), model.CodeQuotaExceeded},
		"a soft quota above does not bind":  {limits(100, 100), soft, 0},
		"no quota claims nothing":           {model.Quota{}, limits(1, 0), 0},
		"nothing above binds nobody":        {limits(100, 100), model.Quota{}, 0},
		"zero above allows nothing":         {limits(1, 0), limits(0, 0), model.CodeQuotaExceeded},
		"sums that no number holds are big": {limits(math.MaxInt64, 1), limits(math.MaxInt64, math.MaxInt64), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := code(t, tt.asked.CheckWithin(tt.above, model.ItemRef{})); got != tt.want {
				t.Errorf("CheckWithin: got code %d, want %d", got, tt.want)
			}
		})
	}
}

func TestQuotasAddUp(t *testing.T) {
	t.Parallel()
	if d := cmp.Diff(limits(7, 3), limits(3, 1).Plus(limits(4, 2))); d != "" {
		t.Errorf("Plus (-want +got):\n%s", d)
	}
	if d := cmp.Diff(model.Quota{}, limits(3, 1).Plus(model.Quota{})); d != "" {
		t.Errorf("with none (-want +got):\n%s", d)
	}
	if sum := limits(3, 1).Plus(model.NewQuota(model.Ptr(int64(1)), nil, 1)); sum.Overage != nil {
		t.Errorf("with a soft one: overage %d, want none", *sum.Overage)
	}
}

func TestCheckChoice(t *testing.T) {
	t.Parallel()
	ref := func(name model.OfferingName, infra model.InfraID) model.ItemRef {
		return model.ItemRef{App: model.AppBackup, Name: name, Infra: infra}
	}
	for name, tt := range map[string]struct {
		kind model.TenantKind
		on   []model.ItemRef
		want []model.ItemRef
	}{
		"one storage and one edition":         {model.Customer, []model.ItemRef{ref("storage", "a"), ref("dr_storage", "a"), ref("vms", ""), ref("local_storage", "")}, nil},
		"two components for one item":         {model.Customer, []model.ItemRef{ref("vms", ""), ref("storage", "a"), ref("storage", "b")}, []model.ItemRef{ref("storage", "a"), ref("storage", "b")}},
		"two editions":                        {model.Unit, []model.ItemRef{ref("local_storage", ""), ref("vms", ""), ref("servers", ""), ref("adv_vms", "")}, []model.ItemRef{ref("servers", ""), ref("adv_vms", "")}},
		"a partner may have both":             {model.Partner, []model.ItemRef{ref("storage", "a"), ref("storage", "b"), ref("adv_vms", ""), ref("vms", "")}, nil},
		"editions of files are not exclusive": {model.Customer, []model.ItemRef{{App: model.AppFiles, Name: "fc_seats"}, {App: model.AppFiles, Name: "pu_base_fc_seats"}}, nil},
		"the same item is no second one":      {model.Customer, []model.ItemRef{ref("storage", "a"), ref("storage", "a")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := model.CheckChoice(tt.kind, tt.on)
			if d := cmp.Diff(tt.want, got); d != "" || (tt.want != nil) != (code(t, err) == model.CodeBusinessRule) {
				t.Errorf("CheckChoice: %v, items (-want +got):\n%s", err, d)
			}
		})
	}
}

func TestParsePrice(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ nothing, ok bool }{
		"0.05": {false, true}, "600": {false, true}, "0": {true, true}, "0.000": {true, true}, "00": {true, true},
		"": {false, false}, "-1": {false, false}, "1e5": {false, false}, ".5": {false, false}, "1.": {false, false}, "free": {false, false}, " 1": {false, false},
	} {
		nothing, ok := model.ParsePrice(text)
		if nothing != want.nothing || ok != want.ok {
			t.Errorf("ParsePrice(%q) = %v, %v, want %v, %v", text, nothing, ok, want.nothing, want.ok)
		}
	}
}

func TestSwitchingThePricingMode(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 4, 5, 6, 7, 8, time.UTC)
	ends := now.AddDate(0, 1, 0)
	for name, tt := range map[string]struct {
		from, to string
		want     time.Time
		code     int
	}{
		"a trial ends in production now":       {model.Trial, model.Production, now.Truncate(time.Second), 0},
		"or is suspended":                      {model.Trial, model.Suspended, now.Truncate(time.Second), 0},
		"what is suspended goes on":            {model.Suspended, model.Production, now.Truncate(time.Second), 0},
		"the same mode changes nothing":        {model.Trial, model.Trial, ends, 0},
		"a trial does not come back":           {model.Production, model.Trial, ends, model.CodeBusinessRule},
		"not even from where nothing is owed":  {model.Suspended, model.Trial, ends, model.CodeBusinessRule},
		"production once more changes nothing": {model.Production, model.Production, ends, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := model.Pricing{Mode: tt.from, StartDate: model.MomentOf(ends)}.Switch(tt.to, now)
			if got := code(t, err); got != tt.code || !p.StartDate.Equal(model.MomentOf(tt.want)) || err == nil && p.Mode != tt.to {
				t.Errorf("Switch: got %+v with code %d, want %s at %s with %d", p, got, tt.to, tt.want, tt.code)
			}
		})
	}
}

func TestSettingsThatCannotBeSet(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		name string
		kind model.TenantKind
		want int
	}{
		"any name on anybody":               {"colour", model.Customer, 0},
		"one about billing on a partner":    {"tier_level_value", model.Partner, 0},
		"but not on a customer":             {"tier_level_value", model.Customer, model.CodeBusinessRule},
		"one that can only be read, nobody": {"pricing_info", model.Partner, model.CodeBusinessRule},
	} {
		if got := code(t, model.CheckSettingTenant(model.AppPlatform, tt.name, tt.kind)); got != tt.want {
			t.Errorf("%s: got code %d, want %d", name, got, tt.want)
		}
	}
	if model.CheckSettingValue(json.RawMessage(" [1]")) == nil || model.CheckSettingValue(json.RawMessage(`{"a":[1]}`)) != nil || model.CheckSettingValue(nil) != nil {
		t.Error("CheckSettingValue: only an array is refused")
	}
}

func TestRowsAboutItemsOfATenantStandTogether(t *testing.T) {
	t.Parallel()
	o := model.Offering{TenantID: "t", ItemRef: model.ItemRef{App: "a", Name: "n", Infra: "i"}}
	if o.Key() != "t/a/n/i" || o.Key() != (&model.Usage{TenantID: "t", ItemRef: o.ItemRef}).Key() || o.Key() != (&model.Price{TenantID: "t", ItemRef: o.ItemRef}).Key() {
		t.Errorf("Key = %s", o.Key())
	}
	if got := o.String(); got != `"n" on component i` {
		t.Errorf("String = %s", got)
	}
}

func TestRowsOfLicensingSurviveStorage(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 4, 5, 6, 7, 8000, time.UTC)
	ref := model.ItemRef{App: model.AppBackup, Name: "storage", Infra: "i"}
	for name, row := range map[string]any{
		"an item":     &model.Offering{TenantID: "t", ItemRef: ref, On: true, Locked: true, Quota: limits(3, 4), UpdatedAt: at, DeletedAt: at},
		"a binding":   &model.Binding{TenantID: "t", App: model.AppNotary, UpdatedAt: at},
		"a setting":   &model.AppSetting{TenantID: "t", App: model.AppNotary, Name: "n", Value: json.RawMessage(`{"a":1}`), Lock: true, Exclusive: true, UpdatedAt: at},
		"a price":     &model.Price{TenantID: "t", ItemRef: ref, Price: "0.05", Version: 7},
		"a usage":     &model.Usage{TenantID: "t", ItemRef: ref, Edition: "standard", Value: 1, Absolute: 2, UpdatedAt: at},
		"a component": &model.Infra{ID: "i", Version: 1, OwnerID: "t", LocationID: "l", Name: "n", URL: "u", Capabilities: []string{"backup"}, BackendType: "azure", ContentURL: "c", ContentMobileURL: "m", CreatedAt: at, UpdatedAt: at},
		"a location":  &model.Location{ID: "l", Version: 1, OwnerID: "t", Name: "n", CreatedAt: at, UpdatedAt: at},
	} {
		text, err := json.Marshal(row)
		if err != nil {
			t.Fatalf("encode %s: %v", name, err)
		}
		back := reflect.New(reflect.TypeOf(row).Elem()).Interface()
		if err := json.Unmarshal(text, back); err != nil {
			t.Fatalf("decode %s: %v", name, err)
		}
		if d := cmp.Diff(row, back); d != "" {
			t.Errorf("%s (-before +after):\n%s", name, d)
		}
	}
}
