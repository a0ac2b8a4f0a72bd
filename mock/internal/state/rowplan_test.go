package state_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Rows are read as encoding/json reads them, by the plan or by it.
func TestStoredRowsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 4, 5, 6, 7, 89_000, time.UTC)
	for name, tt := range map[string]struct {
		row     any
		planned bool
	}{
		"an empty user": {&model.User{}, true},
		"a user": {&model.User{
			ID: "u", Version: 1 << 60, Login: "é ü", Enabled: true, Notifications: []string{"a", "b"}, CreatedAt: model.MomentOf(at),
			Contact: model.Contact{FirstName: new(""), Types: []string{"legal"}, UpdatedAt: model.MomentOf(at)},
		}, true},
		"escapes": {&model.User{Login: "a\"b\\c<d>&\n"}, false},
		"details": {&model.User{Contact: model.Contact{FirstName: new("f"), ContactDetails: &model.ContactDetails{
			EmailConfirmed: new(false), Country: new("DE"), City: new(""), AAN: new("a"),
		}}}, true},
		"a tenant": {&model.Tenant{
			ID: "t", Num: -7, Kind: model.Unit, Name: "{},[]", TenantExtras: &model.TenantExtras{Lock: model.Lock{Enabled: true, OwnerID: "o"}},
			Pricing: model.Pricing{Mode: "trial", Currency: new("EUR"), Version: 3, StartDate: model.MomentOf(at)},
		}, true},
		"more contacts": {&model.Tenant{TenantExtras: &model.TenantExtras{Contacts: []model.Contact{{ID: "c"}}}}, false},
		"a credential":  {&model.Credential{ID: "i", Hash: "h", Failures: 3, FailedAt: at}, true},
	} {
		value, err := json.Marshal(tt.row)
		if err != nil {
			t.Fatal(err)
		}
		got, planned := state.ReadPlanned(value, tt.row)
		if planned != tt.planned {
			t.Errorf("%s: read by the plan: %v, want %v: %s", name, planned, tt.planned, value)
		}
		if d := cmp.Diff(tt.row, got); planned && d != "" {
			t.Errorf("%s (-written +read):\n%s", name, d)
		}
	}
}

// Rows as data files had them while a contact's members lay side by side and times had nanoseconds.
func TestOldRowsAreReadByThePlan(t *testing.T) {
	t.Parallel()
	const contact = `"contact":{"id":"c","created":"2026-03-04T05:06:07.123456789Z","updated":"2026-03-04T05:06:07Z","types":["legal"],` +
		`"email":"a@b","confirmed":true,"first":"Mia","last":"","address1":"1","country":"CH","city":"Bern","phone":"4","aan":"0"}`
	for text, row := range map[string]any{
		`{"id":"u","v":2,"tenant":"t","identity":"i","login":"mia","ext":"e","lang":"en",` + contact + `,"act":true,"until":"2027-01-01",` +
			`"totp":"2026-03-04T05:06:07.1Z","created":"2026-03-04T05:06:07Z","updated":"2026-03-04T05:06:08.000000999Z"}`: &model.User{},
		`{"id":"t","num":3,"v":1,"parent":"p","kind":"customer","name":"n","cid":"x","on":true,"lock":{"enabled":true},"access":true,"mfa":true,` +
			`"pricing":{"mode":"trial","v":1,"start":"2026-05-01T00:00:00Z"},"op":"deleting","secure":true,` + contact +
			`,"created":"2026-03-04T05:06:07Z","updated":"2026-03-04T05:06:07Z","deleted":"2026-03-04T05:06:07.9Z","deletion":"d"}`: &model.Tenant{},
	} {
		got, planned := state.ReadPlanned([]byte(text), row)
		if err := json.Unmarshal([]byte(text), row); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(row, got); !planned || d != "" {
			t.Errorf("%s: planned: %v (-library +plan):\n%s", text, planned, d)
		}
	}
}

func TestBrokenRowsAreNotReadByAPlan(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		``, `{`, `null`, `{}x`, `{"id"`, `{"id":}`, `{"id":"a"`, `{"id":"a",}`, `{"id":7}`, `{"id":null}`, `{"v":"1"}`, `{"v":1.5}`,
		`{"v":1`, `{"on":yes}`, `{"created":"today"}`, `{"notify":["a"}`, `{"notify":["a",]}`, `{"unknown":1}`, `{"contact":{}`,
	} {
		if _, planned := state.ReadPlanned([]byte(text), &model.User{}); planned {
			t.Errorf("%s is taken for a user", text)
		}
	}
}
