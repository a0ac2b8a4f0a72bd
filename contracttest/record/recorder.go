package record

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/tenantry/tenantry/openapi"
)

// The bounds of a recording, unless the configuration says others.
const (
	DefaultExchanges = 1000
	DefaultBytes     = 64 << 20
	DefaultBody      = 8 << 20
)

// A Config says what is recorded. Upstream, Operations, Transport, Now and Out are needed.
type Config struct {
	Upstream   *url.URL // the root of the endpoint; a trailing /api/2 is understood
	Operations *openapi.Document
	Transport  http.RoundTripper // must not decompress: answers pass as they are
	Now        func() time.Time
	Out        io.Writer // gets one line for each exchange

	Exchanges int   // how many are kept
	Bytes     int64 // how many bytes of them are kept, all in all
	Body      int64 // a longer body passes unjudged, and its exchange is not kept
}

// A Recorder is the proxy. It is safe for concurrent use.
type Recorder struct {
	cfg   Config
	words *vocabulary
	table routes

	mu      sync.Mutex // of what follows, and of cfg.Out
	arrived int
	kept    []*exchange
	bytes   int64
	left    int // exchanges that were not kept; from the first one on none is
}

// New makes a recorder of nothing yet.
func New(cfg Config) *Recorder {
	upstream := *cfg.Upstream
	upstream.Path = "/" + strings.Trim(strings.TrimSuffix(strings.TrimRight(upstream.Path, "/"), "/api/2"), "/")
	upstream.RawPath, upstream.RawQuery, upstream.Fragment = "", "", ""
	cfg.Upstream = &upstream
	cfg.Exchanges = cmp.Or(cfg.Exchanges, DefaultExchanges)
	cfg.Bytes = cmp.Or(cfg.Bytes, DefaultBytes)
	cfg.Body = cmp.Or(cfg.Body, DefaultBody)
	return &Recorder{cfg: cfg, words: newVocabulary(cfg.Operations), table: newRoutes(cfg.Operations)}
}

// ServeHTTP forwards one request, judges both sides and keeps them.
func (r *Recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	x := r.begin(req)
	defer r.end(x)
	body, raw, err := peek(req.Body, r.cfg.Body)
	if err != nil {
		x.failure = "the request breaks off: " + err.Error()
		refuse(w, http.StatusBadRequest, x.failure)
		return
	}
	x.request.fill(raw, int64(len(raw)) <= r.cfg.Body, r.cfg.Body)
	if x.request.size > 0 {
		req.Body = body
	}
	r.forward(w, req, x)
}

// begin numbers a request by its arrival.
func (r *Recorder) begin(req *http.Request) *exchange {
	x := &exchange{method: req.Method, path: req.URL.EscapedPath(), rawQuery: req.URL.RawQuery, query: req.URL.Query()}
	x.request.header = req.Header.Clone()
	x.op, x.values = r.table.find(x.method, x.path)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.arrived++
	x.n = r.arrived
	return x
}

// end tells of an exchange and keeps it.
func (r *Recorder) end(x *exchange) {
	line := x.line(r.words)
	if !x.whole() {
		x.forget()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	_, _ = fmt.Fprintln(r.cfg.Out, line) // a recording goes on without its terminal
	switch {
	case len(r.kept) < r.cfg.Exchanges && r.bytes+x.size() <= r.cfg.Bytes && r.left == 0:
		r.bytes += x.size()
		r.kept = append(r.kept, x)
		return
	case r.left == 0:
		_, _ = fmt.Fprintf(r.cfg.Out, "the recording is full (%d exchanges, %d bytes): from here on nothing is recorded, only forwarded and judged\n",
			len(r.kept), r.bytes)
	}
	r.left++
}

// Draft is what passed until now.
func (r *Recorder) Draft() Draft {
	r.mu.Lock()
	kept, left := append([]*exchange(nil), r.kept...), r.left
	r.mu.Unlock()
	return write(kept, left, r.words, r.cfg.Now())
}
