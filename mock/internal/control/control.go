package control

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/tenantry/tenantry/ledger"
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/openapi"
)

// Config is what a control plane stands on. Worlds, API, Keys and BaseURL are required.
type Config struct {
	Worlds  *sandbox.Manager
	API     *openapi.Document // of the API that the sandboxes serve
	Keys    *auth.Keys        // that sign minted tokens
	BaseURL func() string     // of the API as clients dial it
	Version string            // of the program

	Token    string   // that requests must bear; "": none
	Hosts    []string // names and addresses under which it may be dialled, without a port
	Loopback bool     // localhost and the loopback addresses are among them

	// Load fills an empty state from a fixture, as text; nil: state can be replaced by exported state alone. Its errors
	// are refusals.
	Load func(tx *state.Tx, fixture io.Reader) error
	// Identities are the documented credentials that work in a world now; nil: none are known.
	Identities func(*sandbox.World) Identities
	Metrics    Metrics       // nil: there are none
	Heartbeat  time.Duration // of idle streams; 0: 15 seconds
	Logger     *slog.Logger  // of what is our own fault; nil: nothing is logged
}

// Metrics is what is asked for counters, and told that those of a sandbox are of no use any more.
type Metrics interface {
	http.Handler
	Forget(sandbox string)
}

// Identities are credentials that are documented for a fixture.
type Identities struct {
	Clients []sandbox.Client // shown for worlds that have no clients of their own
	Users   []User
}

// A User can log in with a documented password.
type User struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	ID       string `json:"user_id"`
	Tenant   string `json:"tenant_id"`
}

// Control is the control plane. It is an http.Handler, safe for concurrent use.
type Control struct {
	cfg     Config
	log     *slog.Logger
	guard   guard
	words   vocabulary
	mux     *http.ServeMux
	proofs  ledger.Ledger // what runs of scenarios have told
	stopped chan struct{}
	stop    sync.Once
}

const defaultHeartbeat = 15 * time.Second

// New makes a control plane from its document. It fails if document and functions do not match.
func New(cfg Config) (*Control, error) {
	doc, err := openapi.Parse([]byte(documentParsed))
	if err != nil {
		return nil, fmt.Errorf("load the control plane's document: %w", err)
	}
	if cfg.Heartbeat == 0 {
		cfg.Heartbeat = defaultHeartbeat
	}
	c := &Control{
		cfg: cfg, log: cfg.Logger, guard: newGuard(cfg), words: newVocabulary(),
		mux: http.NewServeMux(), stopped: make(chan struct{}),
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	handlers, err := op.Mount(doc, c.ops(), nil)
	if err != nil {
		return nil, err
	}
	for _, o := range doc.Operations() {
		for _, base := range o.Bases {
			c.mux.Handle(o.Method+" "+base+o.Path, c.serve(o, handlers[o.ID]))
		}
	}
	return c, nil
}

// Stop ends streams and waits, and makes readyz say no. A server that shuts down calls it first, because it waits for
// requests to end. Calls after the first have no effect.
func (c *Control) Stop() { c.stop.Do(func() { close(c.stopped) }) }

// baseURL is what a client dials to reach a world.
func (c *Control) baseURL(w *sandbox.World) string {
	base := strings.TrimSuffix(c.cfg.BaseURL(), "/")
	if w.ID == sandbox.Default {
		return base
	}
	return base + "/s/" + w.ID
}

// ops are the operations, in the order of the document's tags.
func (c *Control) ops() []op.Op {
	return []op.Op{
		op.Call("getHealth", c.health),
		op.Call("getReadiness", c.readiness),
		op.Call("getVersion", c.version),
		op.Call("getDocument", document),
		op.Call("getDocumentJSON", documentAsJSON),
		op.Call("listOperations", c.listOperations),
		op.Call("recordProofs", c.recordProofs),
		op.Call("getMetrics", c.metrics),

		op.Call("listSandboxes", c.listSandboxes),
		op.Call("createSandbox", c.createSandbox),
		op.Call("getSandbox", c.getSandbox),
		op.Call("updateSandbox", c.updateSandbox),
		op.Call("deleteSandbox", c.deleteSandbox),
		op.Call("resetSandbox", c.resetSandbox),

		op.Call("exportState", c.exportState),
		op.Call("replaceState", c.replaceState, streamed("format", "seq", "tables")...),
		op.Call("listSnapshots", c.listSnapshots),
		op.Call("saveSnapshot", c.saveSnapshot),
		op.Call("restoreSnapshot", c.restoreSnapshot),
		op.Call("deleteSnapshot", c.deleteSnapshot),
		op.Call("diffSnapshot", c.diffSnapshot),

		op.Call("getClock", c.getClock),
		op.Call("changeClock", c.changeClock),

		op.Call("listFaultKinds", listFaultKinds),
		op.Call("listFaultProfiles", listFaultProfiles),
		op.Call("listFaults", c.listFaults),
		op.Call("replaceFaults", c.replaceFaults),
		op.Call("clearFaults", c.clearFaults),
		op.Call("getFault", c.getFault),
		op.Call("putFault", c.putFault),
		op.Call("deleteFault", c.deleteFault),
		op.Call("addFaultProfile", c.addFaultProfile),

		op.Call("listJournal", c.listJournal, filtered()...),
		op.Call("clearJournal", c.clearJournal),
		op.Call("getJournalEntry", c.getJournalEntry),
		op.Call("explainJournalEntry", c.explainJournalEntry),
		op.Call("streamJournal", c.streamJournal, filtered()...),
		op.Call("verifyCalls", c.verifyCalls),

		op.Call("mintToken", c.mintToken),
	}
}

// streamed says of body members that they are read as a stream, not bound.
func streamed(members ...string) []op.Option {
	opts := make([]op.Option, len(members))
	for i, m := range members {
		opts[i] = op.Ignores(m, "the body is read as a stream")
	}
	return opts
}
