package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run this test binary as tenantry.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tenantry": main})
}

// The scripts run the command as a person does. Beside testscript's own commands they have
//
//	start NAME [VARIABLE=value…] [flags of serve…]   starts a server on a free port; $NAME is its URL
//	end NAME TERM|INT|KILL                           ends it; it must exit with 0, unless killed
//	call WHO METHOD URL STATUS [FILE]                sends a request, with FILE as JSON; the answer is stdout
//	refused                                          the last command printed one line, on stderr alone
//	patch FILE OLD NEW                               replaces bytes by as many others
//
// WHO is partner, root or admin (the identities of the demo world), or nobody.
func TestScripts(t *testing.T) {
	t.Parallel()
	s := servers{ctx: t.Context}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": s.start, "end": end, "call": s.call, "refused": refused, "patch": patch,
		},
	})
}
