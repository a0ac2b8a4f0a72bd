package model_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func TestMisfitsNameTheirPlace(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err       error
		info      string
		in, where string
	}{
		"a member of the body": {model.BadMember("/contact/email", "is required"), "body /contact/email is required", "body", "/contact/email"},
		"a query parameter":    {model.BadQuery("limit", "is below %d", 1), "query limit is below 1", "query", "limit"},
	} {
		t.Run(name, func(t *testing.T) {
			got := &model.Error{}
			if !errors.As(tt.err, &got) {
				t.Fatalf("got %T, want a refusal", tt.err)
			}
			if got.Kind != model.Invalid || got.Platform != 0 || got.Error() != tt.info {
				t.Errorf("got %+v, want an invalid request that says %q", got, tt.info)
			}
			reason := tt.info[len(tt.in+" "+tt.where+" "):]
			want := []map[string]any{{"in": tt.in, "pointer": tt.where, "reason": reason}}
			if diff := cmp.Diff(want, got.Addition); diff != "" {
				t.Errorf("details.addition (-want +got):\n%s", diff)
			}
		})
	}
}
