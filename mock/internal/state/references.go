package state

import (
	"fmt"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// maxOffences is how many broken references are named at once.
const maxOffences = 10

// check refuses a state that no world could have come to: references must lead somewhere, and there is one root.
func (s *snapshot) check() error {
	c := checking{at: &View{s: s}}
	c.tenants()
	c.people()
	c.licensing()
	if len(c.offences) == 0 {
		return nil
	}
	list := c.offences
	if len(list) > maxOffences {
		list = append(list[:maxOffences:maxOffences], fmt.Sprintf("and %d more", len(c.offences)-maxOffences))
	}
	return fmt.Errorf("its rows do not fit together: %s", strings.Join(list, "; "))
}

type checking struct {
	at       *View
	offences []string
}

func (c *checking) offend(format string, args ...any) {
	c.offences = append(c.offences, fmt.Sprintf(format, args...))
}

func (c *checking) tenants() {
	roots := 0
	for t := range Tenants.All(c.at) {
		switch {
		case t.Kind == model.Root:
			roots++
		case !c.tenant(t.ParentID):
			c.offend("tenant %s has the parent %q, which is not there", t.ID, t.ParentID)
		case !c.grounded(t):
			c.offend("tenant %s is above itself", t.ID)
		}
	}
	if roots != 1 {
		c.offend("there are %d root tenants, not one", roots)
	}
}

// grounded reports whether the way up from t ends at a root.
func (c *checking) grounded(t *model.Tenant) bool {
	for range Tenants.Len(c.at) + 1 {
		if t.Kind == model.Root {
			return true
		}
		up, ok := Tenants.Get(c.at, t.ParentID)
		if !ok {
			return true // another offence
		}
		t = up
	}
	return false
}

func (c *checking) tenant(id model.TenantID) bool {
	_, ok := Tenants.Get(c.at, id)
	return ok
}

func (c *checking) people() {
	for u := range Users.All(c.at) {
		if !c.tenant(u.TenantID) {
			c.offend("user %s is of tenant %q, which is not there", u.ID, u.TenantID)
		}
	}
	for cl := range Clients.All(c.at) {
		if !c.tenant(cl.TenantID) {
			c.offend("client %s is of tenant %q, which is not there", cl.ID, cl.TenantID)
		}
	}
	for p := range Policies.All(c.at) {
		if !c.tenant(p.TenantID) {
			c.offend("policy %s is on tenant %q, which is not there", p.ID, p.TenantID)
		}
	}
}

func (c *checking) licensing() {
	for o := range Offerings.All(c.at) {
		if !c.tenant(o.TenantID) {
			c.offend("an offering item is of tenant %q, which is not there", o.TenantID)
		}
	}
	for b := range Bindings.All(c.at) {
		if !c.tenant(b.TenantID) {
			c.offend("application %s is bound to tenant %q, which is not there", b.App, b.TenantID)
		}
	}
}
