package main

import (
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// resolution is how exact the system's times are: one tick of a hundredth of a second at each end.
const resolution = 20 * time.Millisecond

// A reading is the processor time used up to a moment: by everything, and by what is being measured.
type reading struct{ busy, own time.Duration }

// read takes a reading. Our own part is this program's and that of the product, where it runs already.
//
// The machine's time holds its interrupts. Kernels that take them out of the time of the process they fell into
// (CONFIG_IRQ_TIME_ACCOUNTING) make the network's work look like somebody else's; -max-foreign then has to be higher.
func read(product *measure.Process) (r reading, err error) {
	if product != nil {
		if r.own, err = product.CPU(); err != nil {
			return r, err
		}
	}
	self, err := measure.Self()
	if err != nil {
		return r, err
	}
	r.own += self
	r.busy, err = measure.Busy()
	return r, err
}

// foreign is how many cores anything else used between two readings.
func foreign(from, to reading, took time.Duration) float64 {
	other := (to.busy - from.busy) - (to.own - from.own) - resolution
	return max(0, other.Seconds()/took.Seconds())
}
