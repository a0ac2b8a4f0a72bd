package idp_test

import (
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Tenants: the root holds acme, off (disabled) and strict (second factor); acme holds clinic, which has closed itself.
var (
	root   = model.TenantID(uuid(1))
	acme   = model.TenantID(uuid(2))
	clinic = model.TenantID(uuid(3))
	off    = model.TenantID(uuid(4))
	strict = model.TenantID(uuid(5))
	depot  = model.TenantID(uuid(6))
)

// Clients, whose secret is "secret".
var (
	api      = uuid(21) // of acme, partner_admin
	poster   = uuid(22) // of acme, registered for credentials in the form
	public   = uuid(23) // of acme
	disabled = uuid(24) // of acme
	deleted  = uuid(25) // of acme
	idle     = uuid(26) // of off
)

// Users, whose password is "open sesame".
var (
	admin = model.UserID(uuid(41)) // of acme, partner_admin
)

const pass = "open+sesame" // as a form spells it

func populate(tx *state.Tx) error {
	for i, t := range []model.Tenant{
		{ID: root, ParentID: root, Kind: model.Root, Name: "root"},
		{ID: acme, ParentID: root, Kind: model.Partner, Name: "acme"},
		{ID: clinic, ParentID: acme, Kind: model.Customer, Name: "clinic"},
		{ID: off, ParentID: root, Kind: model.Partner, Name: "off"},
		{ID: strict, ParentID: root, Kind: model.Partner, Name: "strict", MFA: true},
		{ID: depot, ParentID: acme, Kind: model.Customer, Name: "depot"},
	} {
		t.Num, t.Enabled, t.AncestralAccess = int64(i+1), t.ID != off, t.ID != depot
		tx.PutTenant(&t)
	}
	clients(tx)
	users(tx)
	return nil
}

func clients(tx *state.Tx) {
	for id, method := range map[string]string{
		api: model.AuthBasic, poster: model.AuthPost, public: model.AuthNone,
		disabled: model.AuthBasic, deleted: model.AuthBasic, idle: model.AuthBasic,
	} {
		c := model.Client{
			ID: model.ClientID(id), TenantID: acme, Type: model.APIClient, AuthMethod: method, Roles: []string{"partner_admin"},
			Salt: id, SecretHash: model.HashSecret(id, "secret"), Disabled: id == disabled,
		}
		switch id {
		case deleted:
			c.DeletedAt = tx.Now()
		case idle:
			c.TenantID = off
		case poster:
			c.OriginID = "origin"
		}
		tx.PutClient(&c)
	}
}

func users(tx *state.Tx) {
	for i, u := range []model.User{
		{Login: "admin", TenantID: acme, Contact: model.Contact{Email: "admin@acme.example", FirstName: model.Ptr("Ada"), LastName: model.Ptr("Min")}},
		{Login: "fresh", TenantID: acme},
		{Login: "leaver", TenantID: acme},
		{Login: "sleeper", TenantID: off},
		{Login: "phone", TenantID: strict},
		{Login: "newphone", TenantID: strict},
		{Login: "twin", TenantID: acme, CreatedAt: model.MomentOf(tx.Now())},
		{Login: "twin", TenantID: acme, CreatedAt: model.MomentOf(tx.Now().Add(-time.Hour))}, // the older one
	} {
		u.ID, u.IdentityID = model.UserID(uuid(41+i)), model.IdentityID(uuid(61+i))
		u.Activated, u.Enabled = u.Login != "fresh", u.Login != "leaver"
		secret := model.Credential{ID: u.IdentityID, Enrolled: u.Login == "phone"}
		tx.PutCredential(secret.SetPassword("salt", "open sesame"))
		tx.PutUser(&u)
	}
	tx.PutPolicy(&model.Policy{ID: model.PolicyID(uuid(81)), TrusteeID: string(admin), TenantID: acme, Role: "partner_admin"})
}
