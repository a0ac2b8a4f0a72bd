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
//	start NAME [VARIABLE=value…] [flags of serve…]   starts a server on free ports: $NAME is its URL, $NAME_address its
//	                                                 port, $NAME_control the URL of its control plane
//	end NAME TERM|INT|KILL                           ends it; it must exit with 0, unless killed
//	call WHO METHOD URL STATUS [FILE]                sends a request, with FILE as JSON; stdout is the answer, stderr its headers
//	refused                                          the last command printed one line, on stderr alone
//	patch FILE OLD NEW                               replaces bytes by as many others
//
// WHO is partner, root or admin (the identities of the demo world), or nobody.
func TestScripts(t *testing.T) {
	t.Parallel()
	run := runner{t.Context}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Values["processes"] = processes{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": run.start, "end": end, "call": run.call, "refused": refused, "patch": patch,
		},
	})
}
