// Command soak sends a million mixed requests to a tenantry serve whose sandboxes misbehave, and holds the server to
// leaving nothing behind: its memory comes back to within a fifth of what it was at rest, no goroutine and no connection
// stays, and the journal keeps within its bytes.
//
//	make soak
//	go run ./bench/soak -requests 50000
//
// Workers do what tests do: make a sandbox with fault rules, take tokens, read, write, delete and be refused in it, and
// end it.
//
// At rest means after a first twentieth of the requests, when code is loaded and pools are filled, and after some minutes
// without a request, in which the runtime gives back what it does not need.
package main
