package model_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func TestUsersHaveExtrasOnlyWhereThereAreAny(t *testing.T) {
	t.Parallel()
	for claim, tt := range map[string]struct{ from, set model.UserExtras }{
		"none":                   {model.UserExtras{}, model.UserExtras{}},
		"the first":              {model.UserExtras{}, model.UserExtras{ExternalID: "e"}},
		"a second":               {model.UserExtras{ExternalID: "e"}, model.UserExtras{ExternalID: "e", DisableAfter: "2027-01-01"}},
		"a moment is one":        {model.UserExtras{}, model.UserExtras{LoginTOTPAt: 1}},
		"the last goes":          {model.UserExtras{OriginID: "o"}, model.UserExtras{}},
		"what is the same stays": {model.UserExtras{OriginExternalID: "x"}, model.UserExtras{OriginExternalID: "x"}},
	} {
		var u model.User
		u.SetExtras(tt.from)
		before, changed := u, u
		changed.SetExtras(tt.set)
		if got := changed.Extras(); got != tt.set || (changed.UserExtras == nil) != (tt.set == model.UserExtras{}) {
			t.Errorf("%s: got %+v (%v), want %+v", claim, got, changed.UserExtras, tt.set)
		}
		if u.Extras() != tt.from || u.UserExtras != before.UserExtras || tt.from == tt.set && changed.UserExtras != u.UserExtras {
			t.Errorf("%s: the user it is a copy of has changed, or does not share what is the same", claim)
		}
	}
}

func TestTenantsHaveExtrasOnlyWhereThereAreAny(t *testing.T) {
	t.Parallel()
	for claim, set := range map[string]model.TenantExtras{
		"none":                {},
		"no other contacts":   {Contacts: []model.Contact{}},
		"a customer id":       {CustomerID: model.Ptr("")},
		"a tag":               {InternalTag: model.Ptr("t")},
		"a lock":              {Lock: model.Lock{Enabled: true, OwnerID: "p"}},
		"an operation":        {OperationStatus: "deleting"},
		"a contact for bills": {Contacts: []model.Contact{{ID: "c"}}},
	} {
		var from model.Tenant
		from.SetExtras(model.TenantExtras{OperationStatus: "recovering"})
		changed := from
		changed.SetExtras(set)
		none := claim == "none" || claim == "no other contacts"
		if got := changed.Extras(); (changed.TenantExtras == nil) != none || !none && cmp.Diff(set, got) != "" {
			t.Errorf("%s: got %+v, want %+v", claim, got, set)
		}
		if from.Extras().OperationStatus != "recovering" {
			t.Errorf("%s: the tenant it is a copy of has changed", claim)
		}
	}
}

// What lies behind a pointer that may be nil cannot be read by mistake: its names stand for nothing that compiles.
func TestWhatFewRowsHaveIsGuarded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		what, guard reflect.Type
		size        uintptr
	}{
		{reflect.TypeFor[model.ContactDetails](), reflect.TypeFor[model.ContactGuard](), unsafe.Sizeof(model.ContactGuard{})},
		{reflect.TypeFor[model.UserExtras](), reflect.TypeFor[model.UserGuard](), unsafe.Sizeof(model.UserGuard{})},
		{reflect.TypeFor[model.TenantExtras](), reflect.TypeFor[model.TenantGuard](), unsafe.Sizeof(model.TenantGuard{})},
	} {
		for i := range tt.what.NumField() {
			if name := tt.what.Field(i).Name; i >= tt.guard.NumField() || tt.guard.Field(i).Name != name {
				t.Errorf("%v: %s can be read without a check", tt.what, name)
			}
		}
		if tt.what.NumField() != tt.guard.NumField() || tt.size != 0 {
			t.Errorf("%v has %d names in %d bytes, want %d in none", tt.guard, tt.guard.NumField(), tt.size, tt.what.NumField())
		}
	}
}

// oldUser and oldTenant are rows as data files had them while all their members lay side by side.
const (
	oldUser = `{"id":"u","v":2,"tenant":"t","personal":"p","identity":"i","login":"mia","ext":"e","origin":"o","oext":"x","idp":"d",` +
		`"lang":"en","contact":{"id":"c","created":"2026-03-04T05:06:07Z","updated":"2026-03-04T05:06:07Z","first":"Mia"},"act":true,` +
		`"on":true,"terms":true,"mfaoff":true,"biz":["buyer"],"notify":["quota"],"until":"2027-01-01","op":"deleting",` +
		`"totp":"2026-03-04T05:06:07.000001Z","created":"2026-03-04T05:06:07Z","updated":"2026-03-04T05:06:07Z",` +
		`"deleted":"2026-03-04T05:06:07Z","deletion":"n"}`
	oldTenant = `{"id":"t","num":3,"v":1,"parent":"p","kind":"customer","name":"n","ctype":"default","cid":"x","tag":"y","lang":"en",` +
		`"on":true,"owner":"u","idp":"d","lock":{"enabled":true,"owner":"p"},"access":true,"mfa":true,` +
		`"pricing":{"mode":"trial","currency":"EUR","v":1,"start":"2026-05-01T00:00:00Z"},"op":"deleting","secure":true,` +
		`"contact":{"id":"c","created":"2026-03-04T05:06:07Z","updated":"2026-03-04T05:06:07Z","city":"Bern"},` +
		`"contacts":[{"id":"b","created":"2026-03-04T05:06:07Z","updated":"2026-03-04T05:06:07Z","types":["billing"],"fax":"1"}],` +
		`"created":"2026-03-04T05:06:07Z","updated":"2026-03-04T05:06:07Z","deleted":"2026-03-04T05:06:07Z","deletion":"n"}`
)

func TestStoredRowsKeepTheirForm(t *testing.T) {
	t.Parallel()
	u, tenant := &model.User{}, &model.Tenant{}
	for old, row := range map[string]any{oldUser: u, oldTenant: tenant} {
		if err := json.Unmarshal([]byte(old), row); err != nil {
			t.Fatal(err)
		}
		written, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(membersOf(t, []byte(old)), membersOf(t, written)); d != "" {
			t.Errorf("%T (-old +new):\n%s", row, d)
		}
	}
	if got, want := u.Extras(), (model.UserExtras{
		ExternalID: "e", OriginID: "o", OriginExternalID: "x", DisableAfter: "2027-01-01", OperationStatus: "deleting",
		LoginTOTPAt: model.MomentOf(contactTime.Add(time.Microsecond)),
	}); got != want {
		t.Errorf("the user has %+v, want %+v", got, want)
	}
	x := tenant.Extras()
	if model.Text(x.CustomerID)+model.Text(x.InternalTag)+x.OperationStatus != "xydeleting" || x.Lock != (model.Lock{Enabled: true, OwnerID: "p"}) ||
		len(x.Contacts) != 1 || model.Text(x.Contacts[0].Details().Fax) != "1" {
		t.Errorf("the tenant has %+v", x)
	}
}
