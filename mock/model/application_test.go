package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func TestEveryApplicationIsFoundById(t *testing.T) {
	t.Parallel()
	all := model.Applications()
	if len(all) != 6 {
		t.Fatalf("got %d applications, want the six published ones", len(all))
	}
	for _, want := range all {
		got, err := model.FindApplication(want.ID)
		if err != nil {
			t.Fatalf("FindApplication(%s): %v", want.ID, err)
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("FindApplication(%s) (-want +got):\n%s", want.ID, diff)
		}
	}
	if _, err := model.FindApplication(model.NilUUID); err == nil {
		t.Error("FindApplication of an unknown id: got no refusal")
	}
}
