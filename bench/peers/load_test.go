package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// answering is a target whose server answers with the handler, and has to do so with five bytes.
func answering(t *testing.T, handler http.HandlerFunc) target {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	address := srv.Listener.Addr().String()
	return target{address, request(address, "a.token"), 5, time.Minute}
}

func TestEveryAnswerIsCounted(t *testing.T) {
	t.Parallel()
	var served atomic.Int64
	to := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != asked || r.Header.Get("Authorization") != "Bearer a.token" {
			t.Errorf("asked %s as %q", r.URL, r.Header.Get("Authorization"))
		}
		served.Add(1)
		_, _ = w.Write([]byte("hello"))
	})
	l, err := ask(t.Context(), to, 4, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if got := int64(len(l.latencies)); got < 4 || got != served.Load() {
		t.Errorf("%d latencies of %d answers over 4 connections", got, served.Load())
	}
	if l.took < 50*time.Millisecond || l.rate() <= 0 {
		t.Errorf("took %v, rate %g", l.took, l.rate())
	}
}

func TestAWrongAnswerEndsTheLoad(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"another status": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "hell", http.StatusServiceUnavailable) }, "an answer is 503"},
		"another length": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hell")) }, "with 4 bytes"},
		"a broken connection": {func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		}, "read an answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ask(t.Context(), answering(t, tt.handler), 2, time.Hour)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ask = %v; want an error with %q", err, tt.want)
			}
		})
	}
}

func TestAnInterruptionEndsALoadThatWaits(t *testing.T) {
	t.Parallel()
	asks, release := make(chan struct{}), make(chan struct{})
	to := answering(t, func(http.ResponseWriter, *http.Request) {
		asks <- struct{}{}
		<-release
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-asks
		cancel()
	}()
	_, err := ask(ctx, to, 1, time.Hour)
	close(release)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ask = %v; want that it was cancelled", err)
	}
}

func TestNobodyThereIsAnError(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(nil)
	srv.Close()
	if _, err := ask(t.Context(), target{address: srv.Listener.Addr().String()}, 1, time.Second); err == nil {
		t.Error("ask = nil; want an error")
	}
}
