package main

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// controlOff is what --control says for no control plane.
const controlOff = "off"

// controlURL takes an address, as serve does, or a URL, with or without the base path, and returns a URL without it.
func controlURL(given string) (string, error) {
	if given == controlOff {
		return "", fmt.Errorf("--control %s: no control plane to ask; start the server with an address for it and name that here", controlOff)
	}
	text := given
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("--control %q is neither an address such as %s nor a URL such as http://%s", given, controlAddress, controlAddress)
	}
	path := strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), controlBase)
	return u.Scheme + "://" + reachable(u.Hostname(), u.Port()) + path, nil
}

// reachable is a host and port to dial: what listens everywhere is reached on this machine.
func reachable(host, port string) string {
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	switch {
	case port != "":
		return net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		return "[" + host + "]"
	}
	return host
}
