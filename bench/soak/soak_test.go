package main_test

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
	soak "github.com/tenantry/tenantry/bench/soak"
	"github.com/tenantry/tenantry/mock"
)

const (
	requests = 12_000
	workers  = 4
	journal  = 256 << 10
	patience = time.Minute // for what ends by itself
)

// A target is a server in the process of the test that counts its connections.
type target struct {
	control string
	open    *atomic.Int64
}

func start(t *testing.T) target {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{JournalBytes: journal})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	plane, err := srv.Control(mock.ControlConfig{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	open := &atomic.Int64{}
	api, control := listen(t, srv, open), listen(t, plane, open)
	srv.SetURL(api)
	return target{control, open}
}

func listen(t *testing.T, h http.Handler, open *atomic.Int64) string {
	t.Helper()
	web := httptest.NewUnstartedServer(h)
	web.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		switch s {
		case http.StateNew:
			open.Add(1)
		case http.StateClosed, http.StateHijacked: // who takes a connection closes it
			open.Add(-1)
		case http.StateActive, http.StateIdle:
		}
	}
	web.Start()
	t.Cleanup(web.Close)
	return web.URL
}

func (g target) journals(t *testing.T) int64 {
	t.Helper()
	values, err := soak.Metrics(t.Context(), g.control+"/metrics")
	if err != nil {
		t.Fatal(err)
	}
	return int64(values["tenantry_journal_bytes"])
}

// eventually waits for what other goroutines are about to do.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	watch := measure.Begin()
	for !holds() {
		if watch.Elapsed() > patience {
			var stacks bytes.Buffer
			_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
			t.Fatalf("%s within %v; these run:\n%s", what, patience, &stacks)
		}
		runtime.Gosched()
	}
}

// It counts the goroutines of the process, so it runs by itself.
func TestFaultyTrafficLeavesNothingBehind(t *testing.T) {
	g := start(t)
	g.journals(t) // the metrics have started what they need
	eventually(t, "the first connection does not close", func() bool { return g.open.Load() == 0 })
	before := runtime.NumGoroutine()

	r := &soak.Result{}
	if err := soak.Load(t.Context(), g.control, workers, requests, r); err != nil {
		t.Fatal(err)
	}

	eventually(t, "connections stay open", func() bool { return g.open.Load() == 0 })
	eventually(t, fmt.Sprintf("there are more goroutines than the %d of before", before),
		func() bool { return runtime.NumGoroutine() <= before })
	if held := g.journals(t); held != 0 {
		t.Errorf("%d bytes of journals are left of sandboxes that have ended", held)
	}
	for _, class := range []string{"2xx", "4xx", "5xx", "no answer", "cut short"} {
		if !strings.Contains(r.String(), class) {
			t.Errorf("no request ended as %q: the mix is not one:\n%s", class, r)
		}
	}
}

func TestTheJournalOfABusySandboxKeepsWithinItsBytes(t *testing.T) {
	t.Parallel()
	g := start(t)
	c := &http.Client{Transport: &http.Transport{}}
	defer c.CloseIdleConnections()
	made, err := soak.Manage(t.Context(), c, http.MethodPost, g.control+"/_mock/v1/sandboxes", soak.SandboxBody)
	if err != nil {
		t.Fatal(err)
	}
	if err := soak.Visit(t.Context(), c, made, 1500); err != nil {
		t.Fatal(err)
	}
	if held := g.journals(t); held < journal/2 || held > journal {
		t.Errorf("the journal holds %d bytes, want up to %d and not much less", held, journal)
	}
}

func TestTheVerdictNamesWhatIsLeft(t *testing.T) {
	t.Parallel()
	idle := soak.MakeFigure(100<<20, 10, 1)
	for name, tt := range map[string]struct {
		after    soak.Figure
		journals int64
		want     string // "" is good
	}{
		"a fifth more memory is good": {soak.MakeFigure(120<<20, 10, 1), 5 * journal, ""},
		"more than that is not":       {soak.MakeFigure(121<<20, 10, 1), 0, "memory did not come back"},
		"a goroutine more is not":     {soak.MakeFigure(100<<20, 11, 1), 0, "11 goroutines run, 10 did"},
		"a sandbox more is not":       {soak.MakeFigure(100<<20, 10, 2), 0, "2 sandboxes"},
		"journals have their bounds":  {idle, 5*journal + 1, "the journals held"},
	} {
		err := soak.MakeResult(idle, tt.after, tt.journals).Verdict(workers, journal)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: verdict = %v, want %q", name, err, tt.want)
		}
	}
}
