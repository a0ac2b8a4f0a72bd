package state

import (
	"cmp"

	"github.com/tenantry/tenantry/mock/model"
)

// The tables of a world. A new one is added at the end: the slot is its place in every snapshot.
var (
	Tenants            = Kind[model.TenantID, model.Tenant]{0, tenantDef}
	Users              = Kind[model.UserID, model.User]{1, userDef}
	Credentials        = Kind[model.IdentityID, model.Credential]{2, credentialDef}
	Clients            = Kind[model.ClientID, model.Client]{3, clientDef}
	Policies           = Kind[model.PolicyID, model.Policy]{4, policyDef}
	Groups             = Kind[model.GroupID, model.Group]{5, groupDef}
	Tokens             = Kind[string, model.Token]{6, tokenDef}
	Refreshes          = Kind[string, model.RefreshToken]{7, refreshDef}
	Sessions           = Kind[string, model.Session]{8, sessionDef}
	Timers             = Kind[string, model.Timer]{9, timerDef}
	Facts              = Kind[string, model.Fact]{10, factDef}
	Brands             = Kind[model.TenantID, model.Brand]{11, brandDef}
	RegistrationTokens = Kind[string, model.RegistrationToken]{12, registrationDef}
	Offerings          = Kind[model.ItemKey, model.Offering]{13, offeringDef}
	Bindings           = Kind[string, model.Binding]{14, bindingDef}
	AppSettings        = Kind[string, model.AppSetting]{15, appSettingDef}
	Prices             = Kind[model.ItemKey, model.Price]{16, priceDef}
	Usages             = Kind[model.ItemKey, model.Usage]{17, usageDef}
	Infras             = Kind[model.InfraID, model.Infra]{18, infraDef}
	Locations          = Kind[model.LocationID, model.Location]{19, locationDef}
	AuthCodes          = Kind[string, model.AuthCode]{20, authCodeDef}
	DeviceCodes        = Kind[string, model.DeviceCode]{21, deviceCodeDef}
	OneTimeTokens      = Kind[string, model.OneTimeToken]{22, oneTimeDef}
	Reports            = Kind[model.ReportID, model.Report]{23, reportDef}
	ReportRuns         = Kind[string, model.ReportRun]{24, reportRunDef}
	ResourceUsages     = Kind[string, model.ResourceUsage]{25, resourceUsageDef}
)

// schema makes the empty tables, in the order of their slots.
var schema = []func() anyTable{
	func() anyTable { return newTable(tenantDef) },
	func() anyTable { return newTable(userDef) },
	func() anyTable { return newTable(credentialDef) },
	func() anyTable { return newTable(clientDef) },
	func() anyTable { return newTable(policyDef) },
	func() anyTable { return newTable(groupDef) },
	func() anyTable { return newTable(tokenDef) },
	func() anyTable { return newTable(refreshDef) },
	func() anyTable { return newTable(sessionDef) },
	func() anyTable { return newTable(timerDef) },
	func() anyTable { return newTable(factDef) },
	func() anyTable { return newTable(brandDef) },
	func() anyTable { return newTable(registrationDef) },
	func() anyTable { return newTable(offeringDef) },
	func() anyTable { return newTable(bindingDef) },
	func() anyTable { return newTable(appSettingDef) },
	func() anyTable { return newTable(priceDef) },
	func() anyTable { return newTable(usageDef) },
	func() anyTable { return newTable(infraDef) },
	func() anyTable { return newTable(locationDef) },
	func() anyTable { return newTable(authCodeDef) },
	func() anyTable { return newTable(deviceCodeDef) },
	func() anyTable { return newTable(oneTimeDef) },
	func() anyTable { return newTable(reportDef) },
	func() anyTable { return newTable(reportRunDef) },
	func() anyTable { return newTable(resourceUsageDef) },
}

// Secondary orders.
var (
	TenantsByParent       = Index[model.Tenant]{0, 0} // parent, id
	TenantsByName         = Index[model.Tenant]{0, 1} // parent, name without case, id; live and not personal
	TenantsByBranch       = Index[model.Tenant]{0, 2} // parent, id; not personal
	TenantsByUpdate       = Index[model.Tenant]{0, 3} // time of the last change, id
	UsersByTenant         = Index[model.User]{1, 0}   // tenant, id
	UsersByLogin          = Index[model.User]{1, 1}   // login without case, created, id; live
	UsersByExternal       = Index[model.User]{1, 2}   // external id, id; where set
	UsersByIdentity       = Index[model.User]{1, 3}   // identity, id
	UsersByUpdate         = Index[model.User]{1, 4}   // time of the last change, id
	ClientsByTenant       = Index[model.Client]{3, 0} // tenant, id
	ClientsByOrigin       = Index[model.Client]{3, 1} // origin, id; where set
	PoliciesByTrustee     = Index[model.Policy]{4, 0} // trustee, created, id
	PoliciesByTenant      = Index[model.Policy]{4, 1} // tenant, id
	GroupsByTenant        = Index[model.Group]{5, 0}  // tenant, id
	TokensByFamily        = Index[model.Token]{6, 0}
	TokensByExpiry        = Index[model.Token]{6, 1}
	TokensByClient        = Index[model.Token]{6, 2}
	TokensByUser          = Index[model.Token]{6, 3}
	TokensByParent        = Index[model.Token]{6, 4}
	RefreshesByFamily     = Index[model.RefreshToken]{7, 0}
	RefreshesByExpiry     = Index[model.RefreshToken]{7, 1}
	RefreshesByClient     = Index[model.RefreshToken]{7, 2}
	RefreshesByUser       = Index[model.RefreshToken]{7, 3}
	SessionsByUser        = Index[model.Session]{8, 0}
	TimersByTime          = Index[model.Timer]{9, 0}
	RegistrationsByCode   = Index[model.RegistrationToken]{12, 0} // code, id
	RegistrationsByTenant = Index[model.RegistrationToken]{12, 1} // tenant, id
	RegistrationsByExpiry = Index[model.RegistrationToken]{12, 2}
)

var tenantDef = &def[model.Tenant]{
	name: "tenants",
	key:  (*model.Tenant).Key,
	indexes: []order[model.Tenant]{
		{
			less: lessByParent,
			lead: leadByParent,
		},
		{
			less: func(a, b *model.Tenant) bool {
				if a.ParentID != b.ParentID {
					return a.ParentID < b.ParentID
				}
				return less(model.CompareFold(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
			},
			has:  func(t *model.Tenant) bool { return !t.Deleted() && !t.Personal() },
			lead: leadByParent,
		},
		{
			less: lessByParent,
			has:  func(t *model.Tenant) bool { return !t.Personal() },
			lead: leadByParent,
		},
		{
			less: func(a, b *model.Tenant) bool {
				if !a.UpdatedAt.Equal(b.UpdatedAt) {
					return a.UpdatedAt.Before(b.UpdatedAt)
				}
				return a.ID < b.ID
			},
			lead: func(t *model.Tenant) lead { return timeLead(t.UpdatedAt, t.ID) },
		},
	},
	words:   tenantWords,
	sequels: []func() sequel[model.Tenant]{byWords(tenantWords), byHeights},
}

var userDef = &def[model.User]{
	name: "users",
	key:  (*model.User).Key,
	indexes: []order[model.User]{
		{
			less: func(a, b *model.User) bool {
				if a.TenantID != b.TenantID {
					return a.TenantID < b.TenantID
				}
				return a.ID < b.ID
			},
			lead: func(u *model.User) lead { return leadOf(u.TenantID) },
		},
		{
			less: func(a, b *model.User) bool {
				if c := model.CompareFold(a.Login, b.Login); c != 0 {
					return c < 0
				}
				return less(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
			},
			has:  func(u *model.User) bool { return !u.Deleted() },
			lead: func(u *model.User) lead { return foldedLead(u.Login) },
		},
		{
			less: func(a, b *model.User) bool {
				return less(cmp.Compare(a.Extras().ExternalID, b.Extras().ExternalID), cmp.Compare(a.ID, b.ID))
			},
			has:  func(u *model.User) bool { return u.Extras().ExternalID != "" },
			lead: func(u *model.User) lead { return leadOf(u.Extras().ExternalID) },
		},
		{
			less: func(a, b *model.User) bool {
				if a.IdentityID != b.IdentityID {
					return a.IdentityID < b.IdentityID
				}
				return a.ID < b.ID
			},
			lead: func(u *model.User) lead { return leadOf(u.IdentityID) },
		},
		{
			less: func(a, b *model.User) bool {
				if !a.UpdatedAt.Equal(b.UpdatedAt) {
					return a.UpdatedAt.Before(b.UpdatedAt)
				}
				return a.ID < b.ID
			},
			lead: func(u *model.User) lead { return timeLead(u.UpdatedAt, u.ID) },
		},
	},
	words:   userWords,
	sequels: []func() sequel[model.User]{byWords(userWords)},
}

var credentialDef = &def[model.Credential]{
	name: "credentials",
	key:  func(c *model.Credential) string { return string(c.ID) },
}

var clientDef = &def[model.Client]{
	name: "clients",
	key:  func(c *model.Client) string { return string(c.ID) },
	indexes: []order[model.Client]{
		{less: func(a, b *model.Client) bool {
			return less(cmp.Compare(a.TenantID, b.TenantID), cmp.Compare(a.ID, b.ID))
		}},
		{
			less: func(a, b *model.Client) bool {
				return less(cmp.Compare(a.OriginID, b.OriginID), cmp.Compare(a.ID, b.ID))
			},
			has: func(c *model.Client) bool { return c.OriginID != "" },
		},
	},
}

var policyDef = &def[model.Policy]{
	name: "policies",
	key:  func(p *model.Policy) string { return string(p.ID) },
	indexes: []order[model.Policy]{
		{
			less: func(a, b *model.Policy) bool {
				return less(cmp.Compare(a.TrusteeID, b.TrusteeID), a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
			},
			lead: func(p *model.Policy) lead { return leadOf(p.TrusteeID) },
		},
		{
			less: func(a, b *model.Policy) bool {
				return less(cmp.Compare(a.TenantID, b.TenantID), cmp.Compare(a.ID, b.ID))
			},
			lead: func(p *model.Policy) lead { return leadOf(p.TenantID) },
		},
	},
}

var groupDef = &def[model.Group]{
	name: "groups",
	key:  func(g *model.Group) string { return string(g.ID) },
	indexes: []order[model.Group]{
		{less: func(a, b *model.Group) bool {
			return less(cmp.Compare(a.TenantID, b.TenantID), cmp.Compare(a.ID, b.ID))
		}},
	},
}

var timerDef = &def[model.Timer]{
	name: "timers",
	key:  func(t *model.Timer) string { return t.ID },
	indexes: []order[model.Timer]{
		{less: func(a, b *model.Timer) bool { return less(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) }},
	},
}

var factDef = &def[model.Fact]{
	name: "facts",
	key:  func(f *model.Fact) string { return f.Name },
}

var brandDef = &def[model.Brand]{
	name: "brands",
	key:  func(b *model.Brand) string { return string(b.TenantID) },
}

func lessByParent(a, b *model.Tenant) bool {
	if a.ParentID != b.ParentID {
		return a.ParentID < b.ParentID
	}
	return a.ID < b.ID
}

func leadByParent(t *model.Tenant) lead { return leadOf(t.ParentID) }

// less is the verdict of the first comparison that is not equal. It pays for all of them: orders of tables that get
// large compare one after the other.
func less(order ...int) bool {
	for _, c := range order {
		if c != 0 {
			return c < 0
		}
	}
	return false
}

func tenantWords(t *model.Tenant) []string {
	if t.Personal() {
		return nil
	}
	return Words(t.Name, model.Text(t.Extras().CustomerID), t.Contact.Email, model.Text(t.Contact.FirstName), model.Text(t.Contact.LastName))
}

func userWords(u *model.User) []string {
	return Words(u.Login, u.Contact.Email, model.Text(u.Contact.FirstName), model.Text(u.Contact.LastName))
}
