package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/tenantry/tenantry/mock"
)

// ready is the announcement of --log-format json, one line on stdout.
type ready struct {
	Event      string          `json:"event"`
	Version    string          `json:"version"`
	BaseURL    string          `json:"base_url"`
	Identities []mock.Identity `json:"identities"`
}

// announce says on stdout that the server is ready, where it is and how to log in.
func announce(w io.Writer, f serveFlags, srv *mock.Server, addr net.Addr, secure bool) error {
	base := dialURL(f, addr, secure) + "/api/2"
	who := srv.Identities()
	if f.logFormat == "json" {
		return json.NewEncoder(w).Encode(ready{"ready", versionText(), base, who})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Tenantry %s serves the Account Management API v2 on\n\n  %s\n\n", versionText(), base)
	for _, id := range who {
		fmt.Fprintf(&b, "  %-13s %s\n  %-13s %s\n", id.Kind, id.ID, "  secret", id.Secret)
	}
	if len(who) > 0 {
		insecure := ""
		if secure && f.tls.mode != "" {
			insecure = "-k "
		}
		fmt.Fprintf(&b, "\nTry it:\n\n  curl %s-u %s:%s %s/users/me\n\n", insecure, who[0].ID, who[0].Secret, base)
	}
	fmt.Fprintf(&b, "%s Stop with Ctrl-C.\n", keeping(f))
	_, err := io.WriteString(w, b.String())
	return err
}

func keeping(f serveFlags) string {
	if f.data == "" || f.ephemeral {
		return "State is in memory: it is gone when the server stops."
	}
	return "State is kept in " + f.data + "."
}

// dialURL is the URL that a client on this machine dials.
func dialURL(f serveFlags, addr net.Addr, secure bool) string {
	if f.baseURL != "" {
		return strings.TrimSuffix(f.baseURL, "/")
	}
	scheme := "http"
	if secure {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}
