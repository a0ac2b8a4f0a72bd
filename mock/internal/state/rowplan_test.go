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
			ID: "u", Version: 1 << 60, Login: "é ü", Enabled: true, Notifications: []string{"a", "b"}, CreatedAt: at,
			Contact: model.Contact{FirstName: new(""), Types: []string{"legal"}, UpdatedAt: at},
		}, true},
		"escapes":        {&model.User{Login: "a\"b\\c<d>&\n"}, false},
		"a truth by ref": {&model.User{Contact: model.Contact{EmailConfirmed: new(true)}}, false},
		"a tenant": {&model.Tenant{
			ID: "t", Num: -7, Kind: model.Unit, Name: "{},[]", Lock: model.Lock{Enabled: true, OwnerID: "o"},
			Pricing: model.Pricing{Mode: "trial", Currency: new("EUR"), Version: 3, StartDate: at},
		}, true},
		"more contacts": {&model.Tenant{Contacts: []model.Contact{{ID: "c"}}}, false},
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
