package state_test

import (
	"fmt"
	"runtime"
	"testing"
	"unsafe"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// The guard of memory: what a user takes with its personal tenant, their places in all orders and their words. The bound
// is what was measured and a twentieth more. It does not run in parallel, as it measures the heap of the process.
func TestAUserTakesNoMoreMemoryThanItDid(t *testing.T) {
	if underRace {
		t.Skip("the race detector allocates")
	}
	const users, most = 20_000, 1_520
	before := heap()
	w, err := state.NewMemory(config(frozen(), nil), func(tx *state.Tx) error { return populated(tx, users) })
	if err != nil {
		t.Fatal(err)
	}
	if got := (heap() - before) / users; got > most {
		t.Errorf("a user takes %d bytes, want at most %d", got, most)
	}
	runtime.KeepAlive(w)
}

func populated(tx *state.Tx, users int) error {
	if err := smallTree(tx); err != nil {
		return err
	}
	for n := range users {
		login := fmt.Sprintf("user%05d", n)
		u := &model.User{
			ID: model.UserID(tx.UUID()), IdentityID: model.IdentityID(tx.UUID()), TenantID: customer, Login: login, Version: 1, Enabled: true,
			Contact: model.Contact{
				Email: login + "@example.com", FirstName: model.Ptr(fmt.Sprint("Ben", n%100)), LastName: model.Ptr(fmt.Sprint("Mark", n%1000)),
			},
			CreatedAt: model.MomentOf(start), UpdatedAt: model.MomentOf(start),
		}
		if err := tx.AddUser(u); err != nil {
			return err
		}
	}
	return nil
}

// heap is the memory that is in use, in bytes.
func heap() int64 {
	var m runtime.MemStats
	for range 3 { // what pools hold is given back by the second
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Rows are many: a member more is paid for a million times.
func TestRowsAreNoLargerThanTheyWere(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ got, most uintptr }{
		"a user":    {unsafe.Sizeof(model.User{}), 320},
		"a tenant":  {unsafe.Sizeof(model.Tenant{}), 336},
		"a contact": {unsafe.Sizeof(model.Contact{}), 96},
		"a token":   {unsafe.Sizeof(model.Token{}), 256},
	} {
		if tt.got > tt.most {
			t.Errorf("%s takes %d bytes, want at most %d", name, tt.got, tt.most)
		}
	}
}
