package memory_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/memory"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

func open(testing.TB) store.Engine { return memory.New() }

func TestEngine(t *testing.T) {
	t.Parallel()
	storetest.Run(t, open, nil)
}

func BenchmarkEngine(b *testing.B) {
	storetest.Bench(b, open)
}
