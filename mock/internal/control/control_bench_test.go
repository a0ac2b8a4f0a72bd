package control_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/control"
)

// BenchmarkNew is what the control plane adds to a start.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := control.New(control.Config{}); err != nil {
			b.Fatal(err)
		}
	}
}
