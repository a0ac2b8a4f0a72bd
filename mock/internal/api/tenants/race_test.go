package tenants_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestOfTwoUpdatesOfOneVersionExactlyOneWins(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	const rounds = 100
	for round := int64(1); round <= rounds; round++ {
		var got [2]int
		var both sync.WaitGroup
		for i := range got {
			both.Go(func() {
				b := obj{"version": round, "internal_tag": fmt.Sprint(i)}
				got[i] = c.Put("/tenants/"+birch, b).Status
			})
		}
		both.Wait()
		slices.Sort(got[:])
		if d := cmp.Diff([2]int{200, 409}, got); d != "" {
			t.Fatalf("round %d (-want +got):\n%s", round, d)
		}
	}
	if got := version(c, birch); got != rounds+1 {
		t.Errorf("version after %d rounds = %d, want %d", rounds, got, rounds+1)
	}
}
