package run

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Patient sends requests that belong to no step, and waits as steps do where the target asks for it: 429 and 503 with
// Retry-After.
type Patient struct {
	Client  Doer
	Clock   Clock
	Timeout time.Duration // of a try, with the reading of its answer; 30 s if zero
}

// Do sends a request until it is answered with something else, or too often, and returns that answer: at most limit bytes of
// its body. A body of the request must be one that http.NewRequest can make anew.
func (p Patient) Do(r *http.Request, limit int64) (status int, body []byte, err error) {
	limits := Config{Timeout: p.Timeout}.withDefaults()
	for waits := 0; ; waits++ {
		got, err := p.try(r, limits.Timeout, limit)
		if err != nil {
			return 0, nil, err
		}
		pause, asked := retryAfter(got.header, p.Clock.Now())
		busy := got.status == http.StatusTooManyRequests || got.status == http.StatusServiceUnavailable
		if !busy || !asked || pause > limits.MaxWait || waits == maxWaits {
			return got.status, got.raw, nil
		}
		if err := p.Clock.Sleep(r.Context(), pause); err != nil {
			return 0, nil, err
		}
	}
}

// try sends the request once.
func (p Patient) try(r *http.Request, timeout time.Duration, limit int64) (*received, error) {
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	got, err := p.exchange(ctx, r, limit)
	if err != nil && ctx.Err() != nil && r.Context().Err() == nil {
		err = fmt.Errorf("%s %s: no answer within %s", r.Method, r.URL.Path, timeout)
	}
	return got, err
}

func (p Patient) exchange(ctx context.Context, r *http.Request, limit int64) (*received, error) {
	again := r.Clone(ctx)
	if r.GetBody != nil {
		body, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		again.Body = body
	}
	resp, err := p.Client.Do(again)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read, or is given up
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit))
	if err != nil {
		return nil, fmt.Errorf("%s %s: read the answer: %w", r.Method, r.URL.Path, err)
	}
	return &received{status: resp.StatusCode, header: resp.Header, raw: body}, nil
}
