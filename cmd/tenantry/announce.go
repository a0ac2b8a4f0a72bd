package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/tenantry/tenantry/mock"
)

// places are the URLs of a running server; control is "" where there is none.
type places struct{ api, control string }

// ready is the announcement of --log-format json, one line on stdout.
type ready struct {
	Event      string          `json:"event"`
	Version    string          `json:"version"`
	BaseURL    string          `json:"base_url"`
	ControlURL string          `json:"control_url,omitempty"`
	Identities []mock.Identity `json:"identities"`
}

// announce says on stdout that the server is ready, where it is and how to log in.
func (f *serveFlags) announce(w io.Writer, who []mock.Identity, at places) error {
	base := at.api + "/api/2"
	if f.logFormat == "json" {
		return json.NewEncoder(w).Encode(ready{"ready", versionText(), base, at.control, who})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Tenantry %s serves the Account Management API v2 on\n\n  %s\n\n", versionText(), base)
	for _, id := range who {
		fmt.Fprintf(&b, "  %-13s %s\n  %-13s %s\n", id.Kind, id.ID, "  secret", id.Secret)
	}
	if len(who) > 0 {
		insecure := ""
		if f.tls.mode != "" {
			insecure = "-k "
		}
		fmt.Fprintf(&b, "\nTry it:\n\n  curl %s-u %s:%s %s/users/me\n\n", insecure, who[0].ID, who[0].Secret, base)
	}
	if at.control != "" {
		fmt.Fprintf(&b, "Sandboxes, faults, clocks and the journal are managed on\n\n  %s\n\n", at.control)
	}
	fmt.Fprintf(&b, "%s Stop with Ctrl-C.\n", f.keeping())
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *serveFlags) keeping() string {
	if f.data == "" || f.ephemeral {
		return "State is in memory: it is gone when the server stops."
	}
	return "State is kept in " + f.data + "."
}

// dialURL is the URL that a client on this machine dials; base is that of --base-url.
func dialURL(base string, addr net.Addr, secure bool) string {
	if base != "" {
		return strings.TrimSuffix(base, "/")
	}
	scheme := "http://"
	if secure {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return scheme + addr.String()
	}
	return scheme + reachable(host, port)
}
