// Package control is a client of a Tenantry server's control plane, as far as a contract run needs it: a sandbox of its
// own for the run, with credentials in it, fault rules and the clock. It speaks plain HTTP and knows nothing of the
// server's code.
package control
