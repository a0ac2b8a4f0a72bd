package model

import (
	"slices"
	"strings"
)

// Namespaces of scopes (reference, "Scopes").
const (
	nsAccount  = "account-server::"
	nsAccounts = "accounts::"
	nsBackup   = "backup::"
	nsFiles    = "files_cloud::"
	nsACEP     = "acep::"

	scopePrefix = "urn:acronis.com::"
)

// Service scopes are granted by explicit configuration only, never by a role that users get (wire facts, idp 1.4).
var serviceScopes = []string{
	nsAccount + "token_introspector", nsAccount + "replication_manager",
	nsAccounts + "usage_reporter", nsAccounts + "licensing_admin", nsAccounts + "email_token_requester",
	nsACEP + "consumer", nsAccount + "legal_docs_signer",
}

// ServiceScopes lists the scopes that no role implies.
func ServiceScopes() []string { return slices.Clone(serviceScopes) }

var (
	viewer    = []string{nsAccount + "tenant_viewer"}
	adminBase = []string{
		nsAccount + "tenant_admin", nsAccount + "tenant_viewer", nsAccount + "user_admin",
		nsAccount + "oauth2_client_admin", nsAccount + "managed_clients_admin",
	}
	groupsAndRoles = []string{
		nsAccount + "security_groups_admin", nsAccount + "security_groups_viewer",
		nsAccount + "custom_role_manager", nsAccount + "custom_role_viewer",
	}
)

// roleScopes is the table of wire facts, idp 1.4: which scopes a role implies on the tenant it is granted on
// and below. The own role is a scope of the same name.
var roleScopes = map[string][]string{
	"root_admin": join([]string{
		nsAccount + "root_admin", nsAccount + "partner_admin", nsAccount + "company_admin", nsAccount + "unit_admin",
		nsAccount + "readonly_admin", nsBackup + "protection_admin", nsFiles + "sync_share_user", nsBackup + "backup_user",
	}, adminBase, groupsAndRoles),
	"partner_admin":     join([]string{nsAccount + "partner_admin"}, adminBase, groupsAndRoles),
	"company_admin":     join([]string{nsAccount + "company_admin"}, adminBase),
	"unit_admin":        join([]string{nsAccount + "unit_admin"}, adminBase),
	"readonly_admin":    join([]string{nsAccount + "readonly_admin"}, viewer),
	"accounts_ro_admin": join([]string{nsAccount + "readonly_admin"}, viewer),
	"accounts_admin":    {nsAccount + "tenant_admin", nsAccount + "tenant_viewer", nsAccount + "user_admin"},
	"protection_admin":  join([]string{nsBackup + "protection_admin"}, viewer),
	"backup_user":       join([]string{nsBackup + "backup_user"}, viewer),
	"sync_share_user":   join([]string{nsFiles + "sync_share_user"}, viewer),
}

// personalRoles are the service roles that let a user make registration tokens in the own personal tenant.
var personalRoles = []string{"protection_admin", "backup_user", "sync_share_user"}

// RoleScopes lists what role implies, as namespace::role. An unknown role lets its holder see the tenant.
func RoleScopes(role string) []string {
	if s, ok := roleScopes[role]; ok {
		return s
	}
	return viewer
}

// IsServiceRole reports whether role is one of those granted on a personal tenant.
func IsServiceRole(role string) bool { return slices.Contains(personalRoles, role) }

// documentedRoles is the closed list of the vendor's schema (wire facts, core 3.5), then the newer names
// that its playbook adds; the latter are accepted and noted.
var (
	documentedRoles = []string{
		"root_admin", "partner_admin", "company_admin", "unit_admin", "readonly_admin", "protection_admin",
		"protection_ro_admin", "restore_operator", "backup_user", "sync_share_admin", "sync_share_user",
		"sync_share_guest", "pds_operator", "pds_support", "notary_admin", "notary_user", "hci_admin",
		"omnivoice_admin", "omnivoice_user", "greathorn_admin", "greathorn_user", "greathorn_analyst",
		"greathorn_client_manager",
	}
	newerRoles = []string{"cyber_admin", "security_analyst", "accounts_admin", "accounts_ro_admin", "backup_admin", "monitoring_admin"}
)

// KnownRole reports whether role is a published name.
func KnownRole(role string) bool {
	return slices.Contains(documentedRoles, role) || slices.Contains(newerRoles, role)
}

// CheckRoleLevel refuses a role on a tenant of a kind that it does not exist for (wire facts, core 8).
func CheckRoleLevel(role string, t *Tenant) error {
	kinds, ok := roleLevels[role]
	if !ok || slices.Contains(kinds, t.Kind) {
		return nil
	}
	return Refuse(Invalid, CodeBusinessRule, "role_level", "role %q cannot be granted on a tenant of kind %q", role, t.Kind)
}

var roleLevels = map[string][]TenantKind{
	"root_admin":       {Root},
	"partner_admin":    {Root, Partner, Folder},
	"hci_admin":        {Root, Partner, Folder},
	"company_admin":    {Customer},
	"unit_admin":       {Unit},
	"backup_user":      {Customer, Unit},
	"security_analyst": {Customer, Unit},
}

// ShortScope turns a scope URN of the reference into namespace::role.
func ShortScope(urn string) string { return strings.TrimPrefix(urn, scopePrefix) }

// LongScope is the URN of a short scope.
func LongScope(short string) string { return scopePrefix + short }

// SplitScope divides namespace::role.
func SplitScope(short string) (namespace, role string) {
	namespace, role, _ = strings.Cut(short, "::")
	return namespace, role
}

func join(lists ...[]string) []string { return slices.Concat(lists...) }
