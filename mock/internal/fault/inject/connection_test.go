package inject_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/op"
)

func TestHowAConnectionEnds(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule string
		err  error
		body string // what arrives before it
		runs int64  // of the operation
	}{
		"a reset before the operation":     {`{"id":"a","kind":"connection_reset"}`, syscall.ECONNRESET, "", 0},
		"a reset after the operation":      {`{"id":"a","kind":"connection_reset","phase":"after"}`, syscall.ECONNRESET, "", 1},
		"a reset within the body":          {`{"id":"a","kind":"connection_reset","phase":"after","with":{"after_bytes":10}}`, syscall.ECONNRESET, text[:10], 1},
		"an empty response":                {`{"id":"a","kind":"empty_response"}`, io.EOF, "", 0},
		"an empty response after a change": {`{"id":"a","kind":"empty_response","phase":"after"}`, io.EOF, "", 1},
		"the headers alone":                {`{"id":"a","kind":"limit_data"}`, io.ErrUnexpectedEOF, "", 1},
		"a limit":                          {`{"id":"a","kind":"limit_data","with":{"bytes":7}}`, io.ErrUnexpectedEOF, text[:7], 1},
		"a limit that is not reached":      {`{"id":"a","kind":"limit_data","with":{"bytes":1000}}`, nil, text, 1},
		"a truncation by default":          {`{"id":"a","kind":"truncate"}`, io.ErrUnexpectedEOF, text[:len(text)/2], 1},
		"a truncation to a share":          {`{"id":"a","kind":"truncate","with":{"keep":0.25}}`, io.ErrUnexpectedEOF, text[:len(text)/4], 1},
		"a truncation by bytes":            {`{"id":"a","kind":"truncate","with":{"missing":3}}`, io.ErrUnexpectedEOF, text[:len(text)-3], 1},
		"a truncation to nothing":          {`{"id":"a","kind":"truncate","with":{"missing":3000}}`, io.ErrUnexpectedEOF, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWire(t, tt.rule).overTCP()
			// A lone connection: the client would repeat a GET whose reused connection died.
			status, head, body, err := s.read()
			if !errors.Is(err, tt.err) || body != tt.body {
				t.Errorf("read %q and got %v, want %q and %v", body, err, tt.body, tt.err)
			}
			if s.runs.Load() != tt.runs {
				t.Errorf("the operation ran %d times, want %d", s.runs.Load(), tt.runs)
			}
			if status != 0 && (status != 200 || head.Get("Content-Length") != "41") {
				t.Errorf("status %d announces %s bytes", status, head.Get("Content-Length"))
			}
			ex := <-s.last
			if want := tt.err != nil; ex.Injected != want || (ex.Cause == op.CauseInjected) != want || (<-s.sent != nil) != want {
				t.Errorf("injected %v, cause %q", ex.Injected, ex.Cause)
			}
			want := []op.Applied{{Rule: "a", Kind: kindOf(tt.rule), Index: 0, Drawn: ex.Faults[0].Drawn}}
			if diff := cmp.Diff(want, ex.Faults); diff != "" {
				t.Errorf("evidence (-want +got):\n%s", diff)
			}
		})
	}
}

// kindOf finds the kind in a rule.
func kindOf(rule string) string {
	_, after, _ := strings.Cut(rule, `"kind":"`)
	kind, _, _ := strings.Cut(after, `"`)
	return kind
}

func TestAResetGoesThroughTLS(t *testing.T) {
	t.Parallel()
	s := newWire(t, `{"id":"a","kind":"connection_reset"}`).overTLS(false)
	if _, _, _, err := s.read(); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", err)
	}
}

func TestAStreamOfHTTP2IsReset(t *testing.T) {
	t.Parallel()
	s := newWire(t, `{"id":"a","kind":"connection_reset","when":{"times":1}}`).overTLS(true)
	if _, _, _, err := s.read(); err == nil || !strings.Contains(err.Error(), "stream error") {
		t.Errorf("got %v, want a stream error", err)
	}
	if _, _, body, err := s.read(); err != nil || body != text {
		t.Errorf("the next stream of the connection: %q, %v", body, err)
	}
}

func TestAnAnswerWithoutABodyCannotBeCut(t *testing.T) {
	t.Parallel()
	s := newWire(t, `{"id":"a","kind":"truncate"}`, `{"id":"b","kind":"malformed_body"}`, `{"id":"c","kind":"oversize","with":{"body_bytes":100}}`).overTCP()
	status, _, body, err := s.read("X-Answer", "nothing")
	if status != http.StatusNoContent || body != "" || err != nil {
		t.Errorf("got %d %q, %v", status, body, err)
	}
	if ex := <-s.last; ex.Injected || len(ex.Faults) != 3 {
		t.Errorf("injected %v, faults %v", ex.Injected, ex.Faults)
	}
}

// cutter is a ResponseWriter without a connection.
type cutter struct {
	http.ResponseWriter
	end op.End
}

func (c *cutter) Cut(end op.End) { c.end = end }

func TestAWriterWithoutAConnectionIsToldHowItEnds(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule string
		end  op.End
		body string
	}{
		"a reset":         {`{"id":"a","kind":"connection_reset"}`, op.EndReset, ""},
		"a close":         {`{"id":"a","kind":"limit_data","with":{"bytes":7}}`, op.EndClose, text[:7]},
		"a slow response": {`{"id":"a","kind":"slow_response","with":{"chunk":5,"pause":"0s"}}`, op.EndWell, text},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			recorder := httptest.NewRecorder()
			w := &cutter{ResponseWriter: recorder, end: "unknown"}
			if tt.end == op.EndWell {
				w.end = op.EndWell
			}
			newWire(t, tt.rule).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/2/thing", nil))
			if w.end != tt.end || recorder.Body.String() != tt.body {
				t.Errorf("it ended %q after %q, want %q after %q", w.end, recorder.Body, tt.end, tt.body)
			}
		})
	}
}
