package sandbox_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// wide is a world of 100,000 objects.
func wide(tx *state.Tx) error {
	root := model.TenantID("a0000000-0000-4000-8000-000000000000")
	if err := tx.Fill(&model.Tenant{ID: root, Kind: model.Root, Name: "Root", CreatedAt: model.MomentOf(time.Unix(0, 0))}); err != nil {
		return err
	}
	for n := range 100_000 {
		id := model.TenantID(fmt.Sprintf("a1000000-0000-4000-8000-%012d", n))
		if err := tx.Fill(&model.Tenant{ID: id, ParentID: root, Kind: model.Customer, Name: fmt.Sprint("Customer ", n)}); err != nil {
			return err
		}
	}
	return nil
}

// The budget: making or resetting a memory sandbox in a world of 100,000 objects takes at most a millisecond.
func BenchmarkASandboxOfAHundredThousandObjects(b *testing.B) {
	m := manager(b, newWall(), nil)
	w := create(b, m, sandbox.Spec{Fixture: "wide"})
	b.Run("create", func(b *testing.B) {
		n := 0
		for b.Loop() {
			id := fmt.Sprint("bench-", n)
			create(b, m, sandbox.Spec{ID: id, Fork: w.ID})
			b.StopTimer()
			if err := m.Delete(b.Context(), id); err != nil {
				b.Fatal(err)
			}
			n++
			b.StartTimer()
		}
	})
	b.Run("reset", func(b *testing.B) {
		for b.Loop() {
			if err := m.Reset(b.Context(), w); err != nil {
				b.Fatal(err)
			}
		}
	})
}
