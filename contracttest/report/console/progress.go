package console

import (
	"fmt"
	"io"
	"sync"

	"github.com/tenantry/tenantry/contracttest/report"
)

// A Progress is told how far a run is. Its methods may be called from several goroutines.
type Progress interface {
	// Started says that a scenario began.
	Started(id string)
	// Finished says what became of a scenario.
	Finished(s report.Scenario)
	// Close ends the showing; it waits until everything is written. Nothing may follow it.
	Close()
}

// ProgressOptions say how progress is shown.
type ProgressOptions struct {
	Total    int  // scenarios that will run
	Terminal bool // the writer is a terminal: a bar that moves, and lines only for what did not pass
	Colour   bool // only for a terminal whose user wants it
}

// NewProgress shows progress on a writer. What cannot be written is not shown: a run does not end for that.
func NewProgress(w io.Writer, o ProgressOptions) Progress {
	if o.Terminal && o.Total > 0 {
		return newBar(w, o)
	}
	return &plain{w: w, total: o.Total, painter: painter(o.Colour)}
}

// plain is a line for each scenario that ended, for logs.
type plain struct {
	painter
	total int

	mu   sync.Mutex // of what follows
	w    io.Writer
	done int
}

// Started shows nothing: the lines of scenarios that run at the same time would be mixed.
func (p *plain) Started(string) {}

func (p *plain) Finished(s report.Scenario) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	_, _ = fmt.Fprintf(p.w, "[%*d/%d] %s\n", len(fmt.Sprint(p.total)), p.done, p.total, p.scenario(&s, 0)) // see NewProgress
}

func (p *plain) Close() {}
