package state

import "github.com/tenantry/tenantry/mock/model"

// UsedBelow is what a tenant and all live tenants below it use under the name of a usage, of all components or of
// the one that is named.
func (v *View) UsedBelow(id model.TenantID, usage string, infra model.InfraID) int64 {
	live := func(t *model.Tenant) bool { return !t.Deleted() }
	var sum int64
	for t := range v.Below(id, "", live) {
		if !live(t) {
			continue
		}
		for u := range v.UsagesOf(t.ID) {
			if usageName(u) == usage && (infra == "" || u.Infra == infra) {
				sum += u.Value
			}
		}
	}
	return sum
}

// usageName is the name without the prefix of an edition.
func usageName(u *model.Usage) string {
	if it, ok := u.Item(); ok {
		return it.UsageName
	}
	return string(u.Name)
}
