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
// them, one puts them in their order, and at the end every tree is built at once from all of its rows. To put a million
// rows one by one into their trees takes ten times as long, because each looks for its place among rows that are
// spread over all of the memory.
type intake struct {
	slots  map[string]anyTable
	plans  map[string]rowPlan
	filled map[string][]any // the rows of each table, in the order of their keys
	names  []string         // of the tables that have rows
	full   *parcel          // the parcel that is being filled

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
	made  []any
	ready chan struct{} // closed once made holds the rows, or the intake has failed
}

func newIntake(s *snapshot) *intake {
	workers := runtime.GOMAXPROCS(0)
	in := &intake{
		slots:     s.byName(),
		plans:     map[string]rowPlan{},
		filled:    map[string][]any{},
		undecoded: make(chan *parcel, workers),
		unsorted:  make(chan *parcel, 2*workers),
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
		in.full = &parcel{table: t, plan: in.plan(t), ready: make(chan struct{})}
	}
	in.full.rows = append(in.full.rows, c)
	return in.failure()
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
	in.filled = nil
	together(jobs)
}

func (in *intake) decode() {
	for p := range in.undecoded {
		if err := p.decode(); err != nil {
			in.fail(err)
		}
		p.rows = nil
		close(p.ready)
	}
}

func (p *parcel) decode() error {
	p.made = make([]any, 0, len(p.rows))
	for _, c := range p.rows {
		row, err := p.table.(bulk).decode(p.plan, c.Key, c.Value)
		if err != nil {
			return err
		}
		p.made = append(p.made, row)
	}
	return nil
}

// collect appends the parcels in their order. What rows share is shared here, by one goroutine.
func (in *intake) collect() {
	defer close(in.collected)
	common := newPool()
	for p := range in.unsorted {
		<-p.ready
		name := p.table.name()
		if len(in.filled[name]) == 0 {
			in.names = append(in.names, name)
		}
		for _, row := range p.made {
			common.share(row)
		}
		in.filled[name] = append(in.filled[name], p.made...)
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
