package model

import (
	"slices"
	"strings"
)

// CheckKeeper refuses infrastructure of a tenant that has none of its own: the platform, partners and folders run it,
// customers and units use it (wire facts, core 2.4).
func CheckKeeper(t *Tenant) error {
	if partnerLike(t.Kind) {
		return nil
	}
	return Refuse(Forbidden, CodeBusinessRule, "infra_owner",
		"It is prohibited to register infrastructure in tenant %q, a tenant of kind %q", t.Name, t.Kind)
}

// Carries reports whether the component has the capability that the item needs.
func (i *Infra) Carries(it *Item) bool {
	return it.Type == ItemInfra && slices.Contains(i.Capabilities, it.Capability)
}

// StripCredentials takes user and password out of a URL: they are never shown (wire facts, idp 7.3). The secrets of
// object stores may hold a slash that nobody escaped. Therefore, where what looks like a host with a port has no
// number for the port, it is the beginning of credentials.
func StripCredentials(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		return url
	}
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority = rest[:end]
	}
	at := strings.LastIndex(authority, "@")
	_, port, _ := strings.Cut(authority, ":")
	if at < 0 && strings.Trim(port, "0123456789") != "" {
		at = strings.LastIndex(rest, "@")
	}
	return scheme + "://" + rest[at+1:]
}

// Unique lists each text once, in the order of their first appearance.
func Unique(texts []string) []string {
	once := []string{}
	for _, s := range texts {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}
