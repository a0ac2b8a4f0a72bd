package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/value"
)

// maxAnswer bounds the body of an answer.
const maxAnswer = 32 << 20

// send sends a request and records both sides. Without an answer it says why.
func (a *attempt) send(ctx context.Context, r *request) (*received, error) {
	a.rec.Request = &report.Request{
		Method: r.method, URL: a.cfg.Mask.URL(r.url), Header: a.cfg.Mask.Header(r.header),
		Body: a.cfg.Mask.Body(r.header.Get("Content-Type"), r.raw),
	}
	a.rec.Response = nil
	if err := a.cfg.Turn(ctx); err != nil {
		return nil, a.lost(ctx, r, err)
	}
	if a.s.Mutating() {
		ctx = context.WithoutCancel(ctx) // what it makes is known by its answer only
	}
	ctx, cancel := context.WithTimeout(ctx, a.cfg.Timeout)
	defer cancel()
	started := a.cfg.Clock.Now()
	got, err := a.exchange(ctx, r)
	if err != nil {
		return nil, a.lost(ctx, r, err)
	}
	a.rec.Response = &report.Response{
		Status: got.status, Header: a.cfg.Mask.Header(got.header), Body: a.cfg.Mask.Body(got.header.Get("Content-Type"), got.raw),
		Duration: a.cfg.Clock.Now().Sub(started),
	}
	return got, nil
}

func (a *attempt) exchange(ctx context.Context, r *request) (*received, error) {
	var body io.Reader
	if r.hasBody {
		body = bytes.NewReader(r.raw)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, r.url, body)
	if err != nil {
		return nil, err
	}
	if a.faulty && !r.hasBody {
		// The transport repeats a GET by itself when a connection that it had kept breaks, which would hide the fault. One
		// that has a body of unknown length, be it empty, is not repeated; nothing of it is sent.
		req.Body = io.NopCloser(bytes.NewReader(nil))
	}
	req.Header = r.header.Clone()
	resp, err := a.cfg.Target.Client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read to its end, or is given up
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, fmt.Errorf("the answer %d breaks off: %w", resp.StatusCode, err)
	}
	if len(raw) > maxAnswer {
		return nil, fmt.Errorf("the answer is longer than %d bytes", maxAnswer)
	}
	return decoded(resp, raw), nil
}

func decoded(resp *http.Response, raw []byte) *received {
	got := &received{status: resp.StatusCode, header: resp.Header, raw: raw, hasBody: len(raw) > 0}
	v, err := value.Decode(raw)
	if err != nil {
		v = string(raw)
	}
	got.body = v
	return got
}

// lost says in one line why there is no answer, without the URL: it is beside it in the report.
func (a *attempt) lost(ctx context.Context, r *request, err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		err = fmt.Errorf("no answer within %s", a.cfg.Timeout)
	case ctx.Err() != nil:
		err = errors.New("interrupted")
	}
	return fmt.Errorf("%s %s: %w", r.method, a.s.Operation.Path, err)
}
