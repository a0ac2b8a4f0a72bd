package coverage

// NotCausable are the pairs of the embedded document that no client can cause, and why. Server errors are not among them:
// they need no reason.
func NotCausable() map[Pair]string {
	const (
		noBody  = "415 is for a foreign Content-Type of a body, and the operation has none"
		skipped = "unknown ids of a batch are skipped"
		noRule  = "no rule calls for it"
	)
	return map[Pair]string{
		{"search", 415}:                  noBody,
		{"listTenantsApplications", 415}: noBody,
		{"listTenantsUsages", 415}:       noBody,
		{"listTenantUsages", 415}:        noBody,
		{"listInfra", 404}:               skipped,
		{"listLocations", 404}:           skipped,
		{"listOfferingItems", 409}:       noRule,
		{"listOfferingItems", 426}:       noRule,
	}
}
