// Command tenantry is a stateful mock and contract-test server for the Acronis Account Management API v2.
//
// Every sub-command is one file; main only parses, starts and waits.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(execute()) }

// execute is main with an exit status: 0 for success, 1 for any failure that has none of its own.
func execute() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	err := root.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tenantry: "+err.Error())
	}
	return status(err)
}
