package control

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// A guard decides who is let in at all. It stands against pages in the user's browser as much as against strangers: a page
// of another origin, or one whose name was made to lead here, must not reach a control plane on a loopback address.
type guard struct {
	token    [sha256.Size]byte
	open     bool // no token is asked for
	hosts    map[string]bool
	loopback bool
}

func newGuard(cfg Config) guard {
	g := guard{token: sha256.Sum256([]byte(cfg.Token)), open: cfg.Token == "", hosts: map[string]bool{}, loopback: cfg.Loopback}
	for _, host := range cfg.Hosts {
		g.hosts[canonical(host)] = true
	}
	return g
}

// probes tell nothing, and orchestrators ask them by the address of a container, without a token.
var probes = map[string]bool{
	"/healthz": true, "/readyz": true, "/_mock/v1/healthz": true, "/_mock/v1/readyz": true,
}

// check refuses a request that is not to be answered. The order keeps a foreign page from learning whether a token fits.
func (g *guard) check(r *http.Request) error {
	probed := probes[r.URL.Path]
	if !probed && !g.knows(hostname(r.Host)) {
		return newProblem(http.StatusMisdirectedRequest, "unknown_host",
			"the control plane is not known as %q; start the server with --control-host %s if it is", hostname(r.Host), hostname(r.Host))
	}
	if foreign(r) {
		return newProblem(http.StatusForbidden, "foreign_origin",
			"a page of %q may not use the control plane", r.Header.Get("Origin"))
	}
	if !probed && !g.open && !g.bears(r) {
		p := newProblem(http.StatusUnauthorized, "token_required", "send the token of --control-token as Authorization: Bearer …")
		p.header = http.Header{"Www-Authenticate": {`Bearer realm="tenantry control"`}}
		return p
	}
	return nil
}

// knows tells whether the control plane goes by that name.
func (g *guard) knows(host string) bool {
	host = canonical(host)
	if g.hosts[host] {
		return true
	}
	if !g.loopback {
		return false
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") { // RFC 6761, 6.3
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// bears compares hashes, so that neither content nor length of the token show in the time it takes.
func (g *guard) bears(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(sum[:], g.token[:]) == 1
}

// foreign tells whether a browser sent the request for a page that did not come from here. Programs send no Origin.
func foreign(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return false
	}
	u, err := url.Parse(origins[0])
	return len(origins) > 1 || err != nil || u.Host == "" || !strings.EqualFold(u.Host, r.Host)
}

// hostname is a host without its port and without the brackets of an IPv6 address.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

func canonical(host string) string {
	return strings.ToLower(strings.TrimSuffix(hostname(host), "."))
}
