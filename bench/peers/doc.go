// Command peers measures Tenantry against other mock servers, side by side in one run: throughput and latency of one
// GET route, the time from a start to the first answer, and resident memory. It is a tool for developers of this
// project, and `make peers` runs it.
//
//	go run ./bench/peers -cache FOLDER
//
// The products are in one table with their versions. They are installed by name with the npm client into a folder that
// is removed at the end, or into that of -cache, which is kept. Each gets the bytes of one user of the demo world as a
// stub on the route that Tenantry computes them for, and is asked by the same client with the same request.
//
// What makes the numbers comparable: every round measures each product once, in another order; a window during which
// anything but the client and the product used more of the processors than -max-foreign is thrown out and repeated,
// at most as often as there are rounds, and so is one in which the product stalls, breaks off or ends; the numbers are
// medians. A product without enough of them gets a dash and a remark. An answer with another status or length ends the
// run.
//
// All of it runs in a network of its own that has only the loopback interface. Where the system does not allow that,
// products which cannot be told to listen on the loopback interface alone are left out, with that reason. What was
// started is ended by its process group, also when the run is interrupted.
//
// It needs Linux (/proc), npm and node, and java for the products that are jars.
package main
