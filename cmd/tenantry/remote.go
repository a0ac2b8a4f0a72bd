package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/spf13/cobra"
)

const (
	controlAddress = "127.0.0.1:8081"
	controlBase    = "/_mock/v1"
)

// A remote is the control plane that a command asks, and the sandbox that the command is about.
type remote struct {
	control string
	token   string
	sandbox string
	json    bool
}

// newRemote gives a command and those below it the flags that say whom to ask. These have a variable each; the others of
// such a command have none, for they often share their names with flags of serve.
func newRemote(cmd *cobra.Command, r *remote) *cobra.Command {
	flags := cmd.PersistentFlags()
	flags.StringVar(&r.control, "control", "http://"+controlAddress, "URL or address of the control plane (TENANTRY_CONTROL)")
	flags.StringVar(&r.token, "control-token", "", "token that the server was started with, if any (TENANTRY_CONTROL_TOKEN)")
	flags.StringVar(&r.sandbox, "sandbox", "default", "id of the sandbox (TENANTRY_SANDBOX)")
	flags.BoolVar(&r.json, "json", false, "print the server's answer as it is, in place of a text for people (TENANTRY_JSON)")
	cmd.PersistentPreRunE = func(*cobra.Command, []string) error { return fromEnvironment(flags, os.LookupEnv) }
	return cmd
}

// A question is one request to the control plane. A body that is a reader is sent as it is, any other one as JSON.
type question struct {
	method, path string
	query        url.Values
	body         any
	contentType  string
}

// about asks about something of the sandbox; every part becomes one step of the path.
func (r *remote) about(method string, parts ...string) question {
	path := "/sandboxes/" + url.PathEscape(r.sandbox)
	for _, p := range parts {
		path += "/" + url.PathEscape(p)
	}
	return question{method: method, path: path}
}

func (q question) with(body any) question {
	q.body = body
	return q
}

// send returns the answer to a question. A refusal is an error in one line; the caller closes the body of anything else.
func (r *remote) send(ctx context.Context, q question) (*http.Response, error) {
	base, err := controlURL(r.control)
	if err != nil {
		return nil, err
	}
	req, err := q.request(ctx, base)
	if err != nil {
		return nil, err
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, unreachable(base, err)
	}
	if resp.StatusCode < http.StatusBadRequest {
		return resp, nil
	}
	defer func() { _ = resp.Body.Close() }()
	return nil, r.refusal(resp)
}

func (q question) request(ctx context.Context, base string) (*http.Request, error) {
	var body io.Reader
	kind := q.contentType
	switch b := q.body.(type) {
	case nil:
	case io.Reader:
		body = b
	default:
		text, err := json.Marshal(b)
		if err != nil {
			return nil, fmt.Errorf("write the request: %w", err)
		}
		body, kind = bytes.NewReader(text), "application/json"
	}
	at := base + controlBase + q.path
	if len(q.query) > 0 {
		at += "?" + q.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, q.method, at, body)
	if err != nil {
		return nil, fmt.Errorf("--control: %w", err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	return req, nil
}
