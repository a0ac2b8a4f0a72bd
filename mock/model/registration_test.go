package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func TestParseRegistrationScope(t *testing.T) {
	t.Parallel()
	const (
		tenant = "734fe814-748a-41cb-8a94-60e18fb3c442"
		policy = "10858a46-db9b-4725-aa60-fff6252841fd"
	)
	type result struct {
		Scope model.RegistrationScope
		OK    bool
	}
	refused := func(tenant, policy string) result {
		return result{model.RegistrationScope{Tenant: model.TenantID(tenant), Policy: policy}, false}
	}
	for name, tt := range map[string]struct {
		urn  string
		want result
	}{
		"a device is bound to the user of a personal tenant": {
			"urn:acronis.com:tenant-id:" + tenant + ":backup_agent_admin",
			result{model.RegistrationScope{Tenant: tenant}, true},
		},
		"an empty tenant is that of the token": {
			"urn:acronis.com:tenant-id::backup_agent_admin",
			result{model.RegistrationScope{}, true},
		},
		"a protection plan is applied": {
			"urn:acronis.com::policy_management:" + tenant + "|" + policy + ":apply_revoke",
			result{model.RegistrationScope{Tenant: tenant, Policy: policy}, true},
		},
		"a tenant that is no id": {
			"urn:acronis.com:tenant-id:12:backup_agent_admin", refused("12", ""),
		},
		"a plan without its tenant": {
			"urn:acronis.com::policy_management:|" + policy + ":apply_revoke", refused("", policy),
		},
		"a plan without its id": {
			"urn:acronis.com::policy_management:" + tenant + ":apply_revoke", refused(tenant, ""),
		},
		"two plans in one": {
			"urn:acronis.com::policy_management:" + tenant + "|" + policy + "|" + policy + ":apply_revoke",
			refused(tenant, policy+"|"+policy),
		},
		"another role":             {"urn:acronis.com:tenant-id:" + tenant + ":partner_admin", refused("", "")},
		"a scope that has no role": {"urn:acronis.com:tenant-id:" + tenant, refused("", "")},
		"a prefix alone":           {"urn:acronis.com:tenant-id:backup_agent_admin", refused("", "")},
		"an empty text":            {"", refused("", "")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scope, ok := model.ParseRegistrationScope(tt.urn)
			if diff := cmp.Diff(tt.want, result{scope, ok}); diff != "" {
				t.Errorf("ParseRegistrationScope(%q) mismatch (-want +got):\n%s", tt.urn, diff)
			}
		})
	}
}

func TestCheckRegistrationLife(t *testing.T) {
	t.Parallel()
	for seconds, ok := range map[int64]bool{-1: false, 0: false, 1: true, 31536000: true, 31536001: false} {
		if err := model.CheckRegistrationLife(seconds); (err == nil) != ok {
			t.Errorf("CheckRegistrationLife(%d) = %v, want accepted: %v", seconds, err, ok)
		}
	}
}

func TestRegistrationTokenEndsWithItsLastSecond(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	token := &model.RegistrationToken{ExpiresAt: end}
	if !token.Live(end.Add(-time.Nanosecond)) || token.Live(end) {
		t.Error("a token that expires at a moment lives just before it and not at it")
	}
}

func TestKindsWithSwitchesOfTheirOwn(t *testing.T) {
	t.Parallel()
	type allowed struct{ Branding, MFA bool }
	for kind, want := range map[model.TenantKind]allowed{
		model.Root:     {true, true},
		model.Partner:  {true, true},
		model.Folder:   {true, false},
		model.Customer: {false, true},
		model.Unit:     {false, false},
	} {
		tenant := &model.Tenant{Kind: kind}
		got := allowed{model.CheckBranding(tenant) == nil, model.CheckMFA(tenant) == nil}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("a %s mismatch (-want +got):\n%s", kind, diff)
		}
	}
}
