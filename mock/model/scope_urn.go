package model

import "strings"

// ScopeURN is one scope that names its tenant, in either of the two published forms:
// urn:acronis.com:tenant-id:<tenant>:<role> and urn:acronis.com:<server>:<namespace>:<tenant>[|<path>]:<role>
// (wire facts, idp 1.4).
type ScopeURN struct {
	ByTenant  bool // the first form
	Server    string
	Namespace string
	Tenant    TenantID // "" where the URN leaves it open
	Path      string
	Role      string
}

// ParseScopeURN reads a scope URN; ok is false for any other text.
func ParseScopeURN(urn string) (s ScopeURN, ok bool) {
	rest, ok := strings.CutPrefix(urn, "urn:acronis.com:")
	parts := strings.Split(rest, ":")
	switch {
	case !ok:
		return ScopeURN{}, false
	case len(parts) == 3 && parts[0] == "tenant-id":
		s = ScopeURN{ByTenant: true, Tenant: TenantID(parts[1]), Role: parts[2]}
	case len(parts) == 4:
		tenant, path, _ := strings.Cut(parts[2], "|")
		s = ScopeURN{Server: parts[0], Namespace: parts[1], Tenant: TenantID(tenant), Path: path, Role: parts[3]}
	default:
		return ScopeURN{}, false
	}
	return s, s.Role != "" && (s.Tenant == "" || IsUUID(string(s.Tenant)))
}

// String is the URN that ParseScopeURN reads.
func (s ScopeURN) String() string {
	if s.ByTenant {
		return "urn:acronis.com:tenant-id:" + string(s.Tenant) + ":" + s.Role
	}
	tenant := string(s.Tenant)
	if s.Path != "" {
		tenant += "|" + s.Path
	}
	return strings.Join([]string{"urn:acronis.com", s.Server, s.Namespace, tenant, s.Role}, ":")
}

// FillTenant returns the scopes with tenant in the place of an open one. Texts that are no scope URN stay as they are.
func FillTenant(scopes []string, tenant TenantID) []string {
	filled := make([]string, 0, len(scopes))
	for _, urn := range scopes {
		if s, ok := ParseScopeURN(urn); ok && s.Tenant == "" {
			s.Tenant = tenant
			urn = s.String()
		}
		filled = append(filled, urn)
	}
	return filled
}
