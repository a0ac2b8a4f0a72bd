package console

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/internal/show"
)

// widest is how many characters the names of running scenarios may take.
const widest = 40

// bar is one line that moves, below the lines of the scenarios that did not pass.
type bar struct {
	painter
	bars *mpb.Progress
	line *mpb.Bar

	mu      sync.Mutex // of what follows; never held while the library is called, which asks for it
	running []string   // ids, in the order in which they began
	bad     int
}

func newBar(w io.Writer, o ProgressOptions) *bar {
	b := &bar{painter: painter(o.Colour)}
	b.bars = mpb.New(mpb.WithOutput(w), mpb.WithAutoRefresh(), mpb.WithWidth(30))
	b.line = b.bars.AddBar(int64(o.Total),
		mpb.PrependDecorators(decor.CountersNoUnit("%d/%d scenarios ")),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return b.now() })),
		mpb.BarFillerTrim(),
	)
	return b
}

// now says what is going on.
func (b *bar) now() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := ""
	if b.bad > 0 {
		text = fmt.Sprintf(" %d not passed", b.bad)
	}
	if len(b.running) > 0 {
		text += " " + short(strings.Join(b.running, ", "))
	}
	if runes := []rune(text); len(runes) > widest {
		text = string(runes[:widest-1]) + "…"
	}
	return text
}

func (b *bar) Started(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.running = append(b.running, show.Line(id))
}

func (b *bar) Finished(s report.Scenario) {
	b.ended(&s)
	if show.Bad(s.Verdict) {
		_, _ = fmt.Fprintln(b.bars, b.scenario(&s, 0)) // see NewProgress
	}
	b.line.Increment()
}

func (b *bar) ended(s *report.Scenario) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i := slices.Index(b.running, show.Line(s.ID)); i >= 0 {
		b.running = slices.Delete(b.running, i, i+1)
	}
	if show.Bad(s.Verdict) {
		b.bad++
	}
}

// Close leaves the bar where it stands: a run may end before all scenarios ran.
func (b *bar) Close() {
	b.line.Abort(false)
	b.bars.Wait()
}
