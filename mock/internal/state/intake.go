package state

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// parcelRows is how many rows are decoded by one goroutine at a time: enough to make handing them over free, few
// enough that a small world does not wait for a last big parcel.
const parcelRows = 512

// An intake turns the stored rows of a world into its tables: rows arrive one after the other, several goroutines decode
// them and share their texts, one puts them in their order, and at the end every tree is built at once from all of its rows.
// To put a million rows one by one into their trees takes ten times as long, because each looks for its place among rows
// that are spread over all of the memory.
type intake struct {
	slots  map[string]anyTable
	plans  map[string]rowPlan
	filled map[string][]any // lists of rows for each table, in the order of their keys
	names  []string         // of the tables that have rows
	full   *parcel          // the parcel that is being filled
	common *pool
	spare  chan *parcel // parcels whose memory can be used again

	undecoded chan *parcel
	unsorted  chan *parcel // the same parcels in the order of their arrival
	decoders  sync.WaitGroup
	collected chan struct{}

	mu     sync.Mutex
	failed error // the first
}

// A parcel is a run of rows of one table.
type parcel struct {
	table anyTable
	plan  rowPlan
	rows  []store.Change
	bytes []byte        // of the rows' values
	made  any           // the list of the rows
	ready chan struct{} // told once made holds the rows, or the intake has failed
}

func newIntake(s *snapshot) *intake {
	workers := runtime.GOMAXPROCS(0)
	in := &intake{
		slots:     s.byName(),
		plans:     map[string]rowPlan{},
		filled:    map[string][]any{},
		common:    newPool(),
		undecoded: make(chan *parcel, workers),
		unsorted:  make(chan *parcel, 2*workers),
		spare:     make(chan *parcel, 4*workers),
		collected: make(chan struct{}),
	}
	for range workers {
		in.decoders.Go(in.decode)
	}
	go in.collect()
	return in
}

// add takes the next row. It returns the first failure of any row so far.
func (in *intake) add(c store.Change) error {
	t, ok := in.slots[c.Table]
	if !ok {
		return fmt.Errorf("table %q is not known to this version", c.Table)
	}
	if in.full != nil && (in.full.table != t || len(in.full.rows) == parcelRows) {
		in.send()
	}
	if in.full == nil {
		in.full = in.empty()
		in.full.table, in.full.plan = t, in.plan(t)
	}
	in.full.take(c)
	return in.failure()
}

// empty is a parcel without rows.
func (in *intake) empty() *parcel {
	select {
	case p := <-in.spare:
		return p
	default:
		return &parcel{rows: make([]store.Change, 0, parcelRows), ready: make(chan struct{}, 1)}
	}
}

// take copies a row, whose value is the engine's.
func (p *parcel) take(c store.Change) {
	from := len(p.bytes)
	p.bytes = append(p.bytes, c.Value...)
	c.Value = p.bytes[from:len(p.bytes):len(p.bytes)]
	p.rows = append(p.rows, c)
}

func (in *intake) plan(t anyTable) rowPlan {
	p, ok := in.plans[t.name()]
	if !ok {
		p = t.(bulk).plan()
		in.plans[t.name()] = p
	}
	return p
}

func (in *intake) send() {
	if in.full == nil {
		return
	}
	in.unsorted <- in.full
	in.undecoded <- in.full
	in.full = nil
}

// end waits for the rows that were added and returns the first failure of one. No goroutine of the intake is left then.
func (in *intake) end() error {
	in.send()
	close(in.undecoded)
	close(in.unsorted)
	in.decoders.Wait()
	<-in.collected
	return in.failure()
}

// build makes the tables of the rows, after end.
func (in *intake) build() {
	var jobs []func()
	for _, name := range in.names {
		jobs = append(jobs, in.slots[name].(bulk).fill(in.filled[name])...)
	}
	in.filled, in.common, in.spare = nil, nil, nil
	together(jobs)
}

func (in *intake) decode() {
	keeper := in.common.keeper()
	for p := range in.undecoded {
		var err error
		if p.made, err = p.table.(bulk).decode(p.plan, p.rows, keeper); err != nil {
			in.fail(err)
		}
		p.ready <- struct{}{}
	}
}

// collect puts the parcels in their order.
func (in *intake) collect() {
	defer close(in.collected)
	for p := range in.unsorted {
		<-p.ready
		name := p.table.name()
		if len(in.filled[name]) == 0 {
			in.names = append(in.names, name)
		}
		in.filled[name] = append(in.filled[name], p.made)
		p.rows, p.bytes, p.made = p.rows[:0], p.bytes[:0], nil
		select {
		case in.spare <- p:
		default:
		}
	}
}

func (in *intake) fail(err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.failed == nil {
		in.failed = err
	}
}

func (in *intake) failure() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.failed
}

// together runs the jobs on all processors and returns when they are done.
func together(jobs []func()) {
	queue := make(chan func(), len(jobs))
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		workers.Go(func() {
			for job := range queue {
				job()
			}
		})
	}
	workers.Wait()
}
