package match

import (
	"net/http"
	"net/url"
)

// A Request is what a matcher sees of a request, live or journaled. It belongs to one goroutine.
type Request struct {
	Operation string // operationId; "" where no route matched
	Tags      []string
	Method    string
	Path      string // without the sandbox's prefix: /api/2/users/…
	Query     url.Values
	Header    http.Header
	Body      []byte

	Client, User, Login string   // of the actor
	Roles               []string // of the actor
	Tenants             []string // that the request is about

	// Below tells whether a tenant is root or lies below it; nil: equality only.
	Below func(tenant, root string) bool

	// Of the answer, zero while there is none.
	Status int
	Cause  string
	Faults []string // ids and kinds of the rules that were applied

	document *document // of Body, once it was asked for
}

// below asks Below, if there is one.
func (r *Request) below(tenant, root string) bool {
	return tenant == root || r.Below != nil && r.Below(tenant, root)
}
