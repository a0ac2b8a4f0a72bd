package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// A runner has the commands that need the test's context.
type runner struct{ ctx func() context.Context }

// processes are the servers of one script, by name.
type processes map[string]*process

// show writes to what a script sees of a command, which is memory.
func show(w io.Writer, text string) { _, _ = io.WriteString(w, text) }

func (r runner) start(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: start NAME [VARIABLE=value…] [flags…]")
	}
	name, flags := args[0], args[1:]
	var env []string
	for len(flags) > 0 && !strings.HasPrefix(flags[0], "-") {
		env, flags = append(env, flags[0]), flags[1:]
	}
	ctx, cancel := context.WithTimeout(r.ctx(), patience)
	ts.Defer(cancel)
	p, err := launch(ctx, ts.MkAbs("."), env, flags)
	ts.Check(err)
	ts.Defer(func() {
		_ = p.cmd.Process.Kill() // it may be gone already
		_ = p.cmd.Wait()
	})
	running(ts)[name] = p
	ts.Setenv(name, p.url())
	ts.Setenv(name+"_address", address(p.url()))
	ts.Setenv(name+"_control", p.control())
	show(ts.Stdout(), p.said)
}

func running(ts *testscript.TestScript) processes {
	return ts.Value("processes").(processes)
}

func end(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL}
	if neg || len(args) != 2 || signals[args[1]] == 0 || running(ts)[args[0]] == nil {
		ts.Fatalf("usage: end NAME TERM|INT|KILL")
	}
	p := running(ts)[args[0]]
	ts.Check(p.end(signals[args[1]]))
	show(ts.Stderr(), p.stderr.String())
}

func (r runner) call(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args) > 5 {
		ts.Fatalf("usage: call WHO METHOD URL STATUS [FILE]")
	}
	who, method, url, want := args[0], args[1], args[2], args[3]
	var body []byte
	if len(args) == 5 {
		body = []byte(ts.ReadFile(args[4]))
	}
	req, err := http.NewRequestWithContext(r.ctx(), method, url, bytes.NewReader(body))
	ts.Check(err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	authorize(req, who)
	resp, err := client().Do(req)
	ts.Check(err)
	defer func() { _ = resp.Body.Close() }()
	ts.Check(resp.Header.Write(ts.Stderr()))
	answer := new(bytes.Buffer)
	_, err = answer.ReadFrom(resp.Body)
	ts.Check(err)
	show(ts.Stdout(), answer.String())
	if strconv.Itoa(resp.StatusCode) != want {
		ts.Fatalf("%s %s answers %d, want %s", method, url, resp.StatusCode, want)
	}
}

// authorize uses the documented identities.
func authorize(req *http.Request, who string) {
	switch who {
	case "partner":
		req.SetBasicAuth("c11e0000-0000-4000-8000-000000000001", "5ec2e75ec2e75ec2e75ec2e75ec2e75e")
	case "root":
		req.SetBasicAuth("c11e0000-0000-4000-8000-000000000002", "5ec2e85ec2e85ec2e85ec2e85ec2e85e")
	case "admin":
		req.SetBasicAuth("admin@acme-msp.example", "Passw0rd!")
	}
}

// client trusts self-signed certificates and keeps no connection open.
func client() *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
	}}
}

// refused holds the command to its promise: a failure is one line that says what to do.
func refused(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: refused")
	}
	out, text := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	if out != "" || !strings.HasPrefix(text, "tenantry: ") || strings.Count(text, "\n") != 1 {
		ts.Fatalf("want one line on stderr, beginning with the name of the command, and nothing on stdout")
	}
}

func patch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: patch FILE OLD NEW, with OLD and NEW of the same length")
	}
	before := []byte(ts.ReadFile(args[0]))
	after := bytes.ReplaceAll(before, []byte(args[1]), []byte(args[2]))
	if bytes.Equal(before, after) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), after, 0o600))
}
