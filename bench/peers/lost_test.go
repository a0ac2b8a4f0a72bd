package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// compared is a comparison of products that are there already, each in short windows.
func compared(t *testing.T, entries ...*entry) *comparison {
	t.Helper()
	if _, err := measure.Busy(); err != nil {
		t.Skip(err)
	}
	o := options{window: 10 * time.Millisecond, rounds: 2, connections: 2, maxForeign: 1000}
	return &comparison{options: o, entries: entries, said: io.Discard}
}

// running is a product that answers with the handler.
func running(t *testing.T, title string, handler http.HandlerFunc) *entry {
	t.Helper()
	return &entry{product: product{title: title}, target: answering(t, handler)}
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }

// hanging answers no request before its client has gone.
func hanging(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func TestAProductThatFailsLosesItsWindowsAndNobodyElseDoes(t *testing.T) {
	t.Parallel()
	dead := httptest.NewServer(nil)
	dead.Close()
	gone := running(t, "Gone", hello)
	gone.target.address = dead.Listener.Addr().String()
	good, hangs := running(t, "Good", hello), running(t, "Hangs", hanging)
	hangs.target.stuck = 50 * time.Millisecond
	breaks := running(t, "Breaks", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	c := compared(t, hangs, gone, breaks, good)
	if err := c.windows(t.Context(), time.Millisecond); err != nil {
		t.Fatalf("windows = %v; want that the run goes on", err)
	}
	if len(good.windows) != 2 || good.tried.windows != 2 || len(good.lost.windows) != 0 {
		t.Errorf("the good product has %d of %d windows and lost %v", len(good.windows), good.tried.windows, good.lost.windows)
	}
	for e, why := range map[*entry]string{
		hangs: "it did not answer in time", gone: "nobody listened", breaks: "it broke a connection off",
	} {
		want := []string{why, why, why, why}
		if diff := cmp.Diff(want, e.lost.windows); diff != "" || len(e.windows) != 0 || e.tried.windows != 4 {
			t.Errorf("%s has %d windows of %d; lost (-want +got):\n%s", e.title, len(e.windows), e.tried.windows, diff)
		}
	}
	if rows := table(c.entries, c.options); !strings.Contains(rows, "| Hangs |  | – | – | – |") {
		t.Errorf("the table has numbers of a product that does not answer:\n%s", rows)
	}
}

func TestAProductThatFailsOnceIsMeasuredAgain(t *testing.T) {
	t.Parallel()
	var failed atomic.Bool
	e := running(t, "Once", func(w http.ResponseWriter, r *http.Request) {
		if failed.CompareAndSwap(false, true) {
			panic(http.ErrAbortHandler)
		}
		hello(w, r)
	})
	if err := compared(t, e).windows(t.Context(), time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if len(e.windows) != 2 || e.tried.windows != 3 || len(e.lost.windows) != 1 {
		t.Errorf("%d of %d windows count and %v were lost; want 2 of 3 and one", len(e.windows), e.tried.windows, e.lost.windows)
	}
}

func TestAWrongAnswerAndAnInterruptionEndTheRun(t *testing.T) {
	t.Parallel()
	wrong := running(t, "Wrong", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hell") })
	if err := compared(t, wrong).windows(t.Context(), time.Millisecond); err == nil || !strings.Contains(err.Error(), "with 4 bytes") {
		t.Errorf("windows = %v; want the wrong answer", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	hangs := running(t, "Hangs", func(w http.ResponseWriter, r *http.Request) {
		cancel()
		hanging(w, r)
	})
	if err := compared(t, hangs).windows(ctx, time.Millisecond); !errors.Is(err, context.Canceled) {
		t.Errorf("windows = %v; want that it was interrupted", err)
	}
}

// ended is a process that has ended.
func ended(t *testing.T) *measure.Process {
	t.Helper()
	p, err := measure.Start(t.Context(), measure.Command{Path: "sleep", Args: []string{"1000"}}, func(context.Context) error { return nil })
	if err != nil {
		t.Skip(err)
	}
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAProductThatEndedHasNoMemory(t *testing.T) {
	t.Parallel()
	e := running(t, "Ended", hello)
	e.process = ended(t)
	missing := running(t, "Never started", hello)
	c := compared(t, e, missing)
	if err := c.weigh(t.Context(), 0, func(e *entry) *int64 { return &e.after }); err != nil || e.after != 0 {
		t.Errorf("weigh = %v and found %d bytes; want none, and no error", err, e.after)
	}
	if err := c.windows(t.Context(), time.Millisecond); err != nil || len(e.windows) != 0 {
		t.Errorf("windows = %v and found %d of a product that has ended", err, len(e.windows))
	}
	if diff := cmp.Diff([]string{"it ended", "it ended", "it ended", "it ended"}, e.lost.windows); diff != "" {
		t.Errorf("lost (-want +got):\n%s", diff)
	}
}

func TestAProductThatDoesNotStartLosesItsStarts(t *testing.T) {
	t.Parallel()
	e := &entry{product: product{name: "ends", title: "Ends", command: func(site) (measure.Command, error) {
		return measure.Command{Path: "true"}, nil
	}}}
	c := compared(t, e)
	c.starts, c.prepared = 1, t.TempDir()
	if err := c.firstAnswers(t.Context()); err != nil {
		t.Fatalf("firstAnswers = %v; want that the run goes on", err)
	}
	if diff := cmp.Diff([]string{"it ended", "it ended"}, e.lost.starts); diff != "" || e.tried.starts != 2 {
		t.Errorf("%d starts were tried; lost (-want +got):\n%s", e.tried.starts, diff)
	}
}

func TestErrorsOfOursAreNoFailuresOfAProduct(t *testing.T) {
	t.Parallel()
	_, _, protocol := readAnswer(bufio.NewReader(strings.NewReader("<html>\r\n\r\n")))
	for _, err := range []error{protocol, errors.New("no space left"), context.Canceled} {
		if why := failure(err); why != "" {
			t.Errorf("failure(%v) = %q", err, why)
		}
	}
}
