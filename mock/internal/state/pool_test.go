package state_test

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// A world in which texts of all lengths come again.
func repetitive(tx *state.Tx) error {
	if err := smallTree(tx); err != nil {
		return err
	}
	for range 3 {
		u := &model.User{
			ID: model.UserID(tx.UUID()), IdentityID: model.IdentityID(tx.UUID()), TenantID: customer, Login: "who@example.com", Language: "en",
			Contact:       model.Contact{Email: "who@example.com", FirstName: new("Ben"), LastName: new(strings.Repeat("long", 40))},
			Notifications: []string{"quota", "reports"},
		}
		if err := tx.AddUser(u); err != nil {
			return err
		}
	}
	return nil
}

func same(a, b string) bool { return a == b && unsafe.StringData(a) == unsafe.StringData(b) }

func TestLoadedRowsShareTheirTexts(t *testing.T) {
	t.Parallel()
	v := reloaded(t, repetitive).View(t.Context())
	tenant, err := v.Tenant(customer)
	if err != nil {
		t.Fatal(err)
	}
	var first *model.User
	for u := range state.UsersByTenant.While(v, &model.User{TenantID: customer}, func(u *model.User) bool { return u.Login == "who@example.com" }) {
		personal, err := v.Tenant(u.PersonalTenantID)
		if err != nil {
			t.Fatal(err)
		}
		if !same(string(u.TenantID), string(tenant.ID)) || !same(string(u.PersonalTenantID), string(personal.ID)) || !same(string(personal.OwnerID), string(u.ID)) {
			t.Errorf("user %s: an identifier is there twice", u.ID)
		}
		if !same(u.Login, u.Contact.Email) || len(*u.Contact.LastName) != 160 {
			t.Errorf("user %s: login %q and address %q are not one text", u.ID, u.Login, u.Contact.Email)
		}
		if first == nil {
			first = u
		}
		if u.Contact.FirstName != first.Contact.FirstName || &u.Notifications[0] != &first.Notifications[0] || !same(u.Language, first.Language) {
			t.Errorf("user %s: a name, a list or a language is there twice", u.ID)
		}
	}
	if first == nil {
		t.Error("no user was loaded")
	}
}
