package inject

import (
	"io"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// SlowBody is the reader through which the request's body is to be read. Without a rule that slows it down that is r
// itself. The world must be known; one that is found only by what the body says has no part in it.
func SlowBody(ex *op.Exchange, r io.Reader) io.Reader {
	if ex.World == nil || ex.World.Faults.Empty() {
		return r
	}
	hits := ex.World.Faults.Uploads(func() *match.Request { return unread(ex) })
	for _, hit := range hits {
		p := hit.Params.(*fault.SlowRead)
		hit.Done()
		ex.Faults = append(ex.Faults, evidence(hit))
		ctx := ex.Request.Context()
		r = &slowReader{r: r, chunk: p.Chunk, wait: func() error { return det.Wait(ctx, time.Duration(p.Pause)) }}
	}
	return r
}

// unread is the request as matchers see it before its body is read. Exchange.Seen would remember it so.
func unread(ex *op.Exchange) *match.Request {
	r := &match.Request{
		Method: ex.Request.Method, Path: ex.Request.URL.Path, Query: ex.Request.URL.Query(), Header: ex.Request.Header,
	}
	if ex.Operation != nil {
		r.Operation, r.Tags = ex.Operation.ID, ex.Operation.Tags
	}
	return r
}

// slowReader takes a chunk at a time and waits before each but the first.
type slowReader struct {
	r     io.Reader
	chunk int
	wait  func() error
	begun bool
}

func (s *slowReader) Read(b []byte) (int, error) {
	if s.begun {
		if err := s.wait(); err != nil {
			return 0, err
		}
	}
	s.begun = true
	return s.r.Read(b[:min(len(b), s.chunk)])
}
