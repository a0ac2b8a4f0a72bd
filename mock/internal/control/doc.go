// Package control is the control plane: an HTTP interface to sandboxes, their state and clocks, fault rules and journals,
// for tests in any language and for the thin clients of the command line.
//
//	c, err := control.New(control.Config{Worlds: worlds, API: doc, Keys: keys, BaseURL: base, Loopback: true})
//	srv := &http.Server{Handler: c}
//	srv.RegisterOnShutdown(c.Stop)
//
// It is described by its own OpenAPI document, openapi.yaml, from which it is routed and by which requests are judged
// strictly: a member that the document lacks is refused, with a pointer to it and the name that was probably meant.
// Refusals are problem details (RFC 9457), never the envelope of the vendor's API. Whoever reaches it may do everything,
// so it is to be served on a listener of its own, and asks for a bearer token where that is not a loopback one.
//
// It holds no state but the proofs that runs of scenarios tell it: everything else is done by package sandbox and what a
// world consists of.
package control
