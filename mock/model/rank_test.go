package model_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func TestRankFollowsTheLevels(t *testing.T) {
	t.Parallel()
	got := []string{"unit_admin", "root_admin", "backup_user", "company_admin", "partner_admin"}
	slices.SortFunc(got, func(a, b string) int { return model.Rank(b) - model.Rank(a) })
	if diff := cmp.Diff([]string{"root_admin", "partner_admin", "company_admin", "unit_admin", "backup_user"}, got); diff != "" {
		t.Errorf("roles by rank (-want +got):\n%s", diff)
	}
	for _, role := range []string{"protection_admin", "accounts_admin", "readonly_admin", "nonsense"} {
		if model.Rank(role) != 0 {
			t.Errorf("Rank(%q): got %d, want 0", role, model.Rank(role))
		}
	}
}
