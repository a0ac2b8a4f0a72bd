package record_test

import (
	"net/http"
	"testing"
	"unsafe"

	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/journal/record"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// The guard of what the journal adds to a request: bounds that do not depend on the machine. It does not run in parallel,
// as the runtime counts what the whole process allocates.
func TestRecordingAllocatesNoMoreThanItDid(t *testing.T) {
	if underRace {
		t.Skip("the race detector allocates")
	}
	for _, tt := range []struct {
		name                     string
		id, method, target, body string
		allocs                   float64
	}{
		{"a read", "getUser", http.MethodGet, "/api/2/users/" + ada, "", 13},
		{"a write", "createUser", http.MethodPost, "/api/2/users", `{"tenant_id":"` + harbor + `","login":"ada"}`, 20},
	} {
		ex := exchange(t, world(t), tt.id, tt.method, tt.target, tt.body)
		ex.Path = map[string]string{"user_id": ada}
		bare := answer(http.StatusOK, userJSON)
		count := func(h op.Handler) float64 {
			return testing.AllocsPerRun(500, func() {
				one := *ex
				_ = h(t.Context(), &one)
				record.Sent(&one, nil)
			})
		}
		if got := count(op.Chain(bare, record.Requests, record.Actors)) - count(bare); got > tt.allocs {
			t.Errorf("%s: recording took %v allocations, want at most %v", tt.name, got, tt.allocs)
		}
	}
}

// An entry is what the journal counts for a request even if all of its texts are empty.
func TestAnEntryIsNoLargerThanItWas(t *testing.T) {
	t.Parallel()
	if got := unsafe.Sizeof(journal.Entry{}); got > 600 {
		t.Errorf("an entry takes %d bytes, want at most 600", got)
	}
}
