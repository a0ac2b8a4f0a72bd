package fault

// stateKinds are faults of what a service keeps: its answers and its state do not agree, or it lets nobody change it.
var stateKinds = []Kind{
	{
		Name: "lost_ack", Family: State, Phases: []Phase{After},
		Summary: "The operation runs and its change stands, but its answer is lost: the connection is reset or closed, " +
			"nothing ever comes, or a gateway answers in its place.",
		Example: `{"id": "lost-create", "kind": "lost_ack", "match": {"operation": "createUser"}, "when": {"times": 1}, "with": {"mode": "reset"}}`,
		With:    func() Params { return &LostAck{Mode: LostReset, Status: gatewayTimeout} },
	},
	{
		Name: "stale_read", Family: State, Phases: []Phase{Before},
		Summary: "Reads lag behind changes: by a number of reads, or for a time after each change.",
		Example: `{"id": "replica", "kind": "stale_read", "match": {"method": "GET"}, "with": {"reads": 2}}`,
		With:    func() Params { return &StaleRead{} },
	},
	{
		Name: "conflict", Family: State, Phases: []Phase{Before},
		Summary: "Somebody else was faster: the version that was sent is stale (409), a precondition fails (412), or the " +
			"object is gone (404). The operation does not run.",
		Example: `{"id": "race", "kind": "conflict", "match": {"operation": "updateUser"}, "when": {"times": 1}, "with": {"mode": "stale_version"}}`,
		With:    func() Params { return &Conflict{Mode: ConflictVersion} },
	},
	{
		Name: "pagination_shift", Family: State, Phases: []Phase{Before},
		Operations: []string{"listTenantChildren", "listTenants", "listTenantsOfferingItems", "listUsers"},
		Summary:    "Paging goes wrong: a cursor has expired, a page leads to itself and so comes again, or items are left out.",
		Example: `{"id": "cursor", "kind": "pagination_shift", "match": {"operation": "listUsers", "query": {"after": "*"}}, ` +
			`"when": {"times": 1}, "with": {"mode": "expire"}}`,
		With: func() Params { return &PaginationShift{Mode: PageExpire, Items: 1} },
	},
	{
		Name: "async_stuck", Family: State, Phases: []Phase{Before},
		Operations: []string{"downloadStoredReport", "listStoredReports"},
		Summary:    "A report that is being generated is never finished, has failed, or is shown one step back.",
		Example:    `{"id": "report", "kind": "async_stuck", "match": {"operation": "listStoredReports"}, "when": {"times": 10}, "with": {"mode": "stuck"}}`,
		With:       func() Params { return &AsyncStuck{Mode: AsyncStays} },
	},
	{
		Name: "read_only", Family: State, Phases: []Phase{Before},
		Summary: "Changes are refused with 503 while reads and everything about tokens and logins work.",
		Example: `{"id": "maintenance", "kind": "read_only", "with": {"retry_after": "30s"}}`,
		With:    func() Params { return &ReadOnly{} },
	},
}
