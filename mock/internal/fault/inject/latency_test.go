package inject_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
)

func TestHowLongAnAnswerTakes(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule    string
		headers time.Duration // until they are there
		body    time.Duration // until it is read, from then
	}{
		"a fixed delay":                  {`{"id":"a","kind":"delay","with":{"fixed":"250ms"}}`, 250 * time.Millisecond, 0},
		"a delay after the change":       {`{"id":"a","kind":"delay","phase":"after","with":{"fixed":"2s"}}`, 2 * time.Second, 0},
		"a table of one":                 {`{"id":"a","kind":"delay","with":{"quantiles":[{"p":1,"delay":"3s"}]}}`, 3 * time.Second, 0},
		"a delay that chance leaves out": {`{"id":"a","kind":"delay","when":{"probability":0},"with":{"fixed":"1h"}}`, 0, 0},
		"a body in pieces":               {`{"id":"a","kind":"slow_response","with":{"chunk":10,"pause":"1s"}}`, 0, 4 * time.Second}, // 41 bytes
		"one piece":                      {`{"id":"a","kind":"slow_response","with":{"chunk":41,"pause":"1s"}}`, 0, 0},
		"a degradation that begins":      {`{"id":"a","kind":"degradation","with":{"ramp":"1m","delay":"1s"}}`, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newWire(t, tt.rule).overPipes()
				start := det.Wall()
				resp, err := s.get(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = resp.Body.Close() }()
				if got := det.Since(start); got != tt.headers {
					t.Errorf("the headers took %v, want %v", got, tt.headers)
				}
				start = det.Wall()
				body, err := io.ReadAll(resp.Body)
				if got := det.Since(start); got != tt.body || string(body) != text || err != nil {
					t.Errorf("the body %q, %v took %v, want %v", body, err, got, tt.body)
				}
				if ex := <-s.last; ex.Injected || ex.Cause != "" {
					t.Error("an answer that is merely late counts as injected")
				}
			})
		})
	}
}

func TestADegradationSlowsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newWire(t, `{"id":"a","kind":"degradation","with":{"ramp":"1m","delay":"1s"}}`).overPipes()
		if err := s.world.Clock.Advance(15 * time.Second); err != nil {
			t.Fatal(err)
		}
		start := det.Wall()
		if _, _, _, err := s.read(); err != nil || det.Since(start) != 250*time.Millisecond {
			t.Errorf("after a quarter of the ramp an answer took %v, %v", det.Since(start), err)
		}
	})
}

func TestAnUploadIsReadSlowly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newWire(t, `{"id":"a","kind":"slow_request_read","match":{"method":"POST"},"with":{"chunk":10,"pause":"1s"}}`).overPipes()
		start := det.Wall()
		resp, err := s.send(t.Context(), http.MethodPost, strings.NewReader(strings.Repeat("x", 30)))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if got := det.Since(start); got != 2*time.Second {
			t.Errorf("the upload took %v", got)
		}
		if ex := <-s.last; len(ex.Body) != 30 || len(ex.Faults) != 1 || ex.Faults[0].Rule != "a" || ex.Injected {
			t.Errorf("read %d bytes under %v", len(ex.Body), ex.Faults)
		}
		if _, _, _, err := s.read(); err != nil || det.Since(start) != 2*time.Second {
			t.Error("a request that the rule does not match is slow too")
		}
	})
}

func TestAStallLastsUntilTheClientGivesUp(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule    string
		headers bool // arrive
		body    string
		runs    int64
	}{
		"headers":           {`{"id":"a","kind":"stall"}`, true, "", 1},
		"half of the body":  {`{"id":"a","kind":"stall","with":{"sent":"half"}}`, true, text[:len(text)/2], 1},
		"nothing":           {`{"id":"a","kind":"stall","with":{"sent":"nothing"}}`, false, "", 1},
		"before the change": {`{"id":"a","kind":"stall","phase":"before"}`, false, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newWire(t, tt.rule).overPipes()
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				start := det.Wall()
				resp, err := s.get(ctx)
				body := []byte{}
				if err == nil {
					body, err = io.ReadAll(resp.Body)
					_ = resp.Body.Close()
				}
				if !errors.Is(err, context.DeadlineExceeded) || (resp != nil) != tt.headers || string(body) != tt.body {
					t.Errorf("headers %v, then %q and %v", resp != nil, body, err)
				}
				if det.Since(start) != time.Minute || s.runs.Load() != tt.runs {
					t.Errorf("took %v, the operation ran %d times", det.Since(start), s.runs.Load())
				}
				if <-s.sent == nil || !(<-s.last).Injected {
					t.Error("the server takes the answer for delivered")
				}
			})
		})
	}
}

func TestAParkedRequestEndsWithItsClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newWire(t, `{"id":"a","kind":"delay","with":{"fixed":"1h"}}`).overPipes()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			resp, err := s.get(ctx)
			if err == nil {
				err = resp.Body.Close()
			}
			done <- err
		}()
		synctest.Wait() // it is parked
		if active := s.world.Faults.Rules()[0].Active; active != 1 {
			t.Errorf("%d requests are parked", active)
		}
		start := det.Wall()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("the client got %v", err)
		}
		if <-s.sent == nil {
			t.Error("the server takes the answer for delivered")
		}
		synctest.Wait()
		if s.runs.Load() != 0 || det.Since(start) != 0 || s.world.Faults.Rules()[0].Active != 0 {
			t.Errorf("the operation ran %d times; the request went on for %v", s.runs.Load(), det.Since(start))
		}
	})
}

func TestAStalledRequestCountsAsActive(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newWire(t, `{"id":"a","kind":"stall","when":{"max_active":1}}`).overPipes()
		ctx, cancel := context.WithCancel(t.Context())
		resp, err := s.get(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, body, err := s.read(); body != text || err != nil {
			t.Errorf("a second request got %q, %v", body, err)
		}
		if err := <-s.sent; err != nil {
			t.Errorf("the second answer was not delivered: %v", err)
		}
		cancel()
		_ = resp.Body.Close()
		if <-s.sent == nil {
			t.Error("the server takes the answer for delivered")
		}
		synctest.Wait()
		if active := s.world.Faults.Rules()[0].Active; active != 0 {
			t.Errorf("%d requests are stalled", active)
		}
	})
}
