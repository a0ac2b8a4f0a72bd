package inject

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"net/http"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// bodyEffects spoil the answer of an operation that has run.
var bodyEffects = map[string]effect{
	"truncate":           afterwards(truncate),
	"malformed_body":     afterwards(malform),
	"wrong_content_type": errorPage,
	"schema_drift":       afterwards(drift),
	"duplicate_header":   afterwards(duplicateHeader),
	"oversize":           afterwards(oversize),
}

// afterwards is an effect on a reply.
func afterwards(spoil func(*call)) effect {
	return func(ctx context.Context, c *call) error {
		err := c.next(ctx, c.ex)
		if err == nil && c.ex.Reply.Status != 0 { // else a fault within has left nothing to spoil
			spoil(c)
		}
		return err
	}
}

func truncate(c *call) {
	p, size := c.hit.Params.(*fault.Truncate), len(c.ex.Reply.Body)
	keep := size / 2
	switch {
	case p.Keep != nil:
		keep = int(*p.Keep * float64(size))
	case p.Missing > 0:
		keep = max(0, size-p.Missing)
	}
	c.cut(keep, op.EndClose)
}

// malform never changes the bytes in place: they may belong to the world.
func malform(c *call) {
	reply := &c.ex.Reply
	if len(reply.Body) == 0 {
		return
	}
	switch c.hit.Params.(*fault.Malformed).Mode {
	case fault.BrokenJSON:
		reply.Body = reply.Body[:len(reply.Body)-1]
	case fault.WrongCharset:
		reply.Body = utf16Bytes(reply.Body)
	case fault.BadGzip:
		reply.Header.Set("Content-Encoding", "gzip")
	case fault.Garbage:
		reply.Body = garbage(len(reply.Body), c.hit.Chance("garbage"))
	}
	c.ex.Inject()
}

func utf16Bytes(text []byte) []byte {
	units := utf16.Encode([]rune(string(text)))
	out := make([]byte, 0, 2*len(units))
	for _, u := range units {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// garbage is n bytes that follow from one drawn number.
func garbage(n int, drawn float64) []byte {
	ids := det.NewSource(int64(math.Float64bits(drawn)), "garbage").At(0) //nolint:gosec // a bit pattern, not a quantity
	out := make([]byte, 0, n)
	for len(out) < n {
		sum := ids.Sum()
		out = append(out, sum[:min(len(sum), n-len(out))]...)
	}
	return out
}

// page is what a proxy shows whose backend does not answer.
const page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"

func errorPage(ctx context.Context, c *call) error {
	if c.hit.Phase == fault.After {
		if err := c.next(ctx, c.ex); err != nil {
			return err
		}
	}
	c.ex.Reply = op.Reply{
		Status: c.hit.Params.(*fault.ErrorPage).Status,
		Header: http.Header{"Content-Type": {"text/html"}},
		Body:   []byte(page),
	}
	c.ex.Inject()
	return nil
}

func duplicateHeader(c *call) {
	p := c.hit.Params.(*fault.Duplicate)
	name := http.CanonicalHeaderKey(p.Name)
	values := slices.Clone(c.ex.Reply.Header[name])
	value := "duplicate"
	switch {
	case p.Value != nil:
		value = *p.Value
	case len(values) > 0:
		value = values[0]
	}
	for len(values) < p.Times {
		values = append(values, value)
	}
	c.ex.Reply.Header[name] = values
	c.ex.Inject()
}

func oversize(c *call) {
	p, reply := c.hit.Params.(*fault.Oversize), &c.ex.Reply
	if p.HeaderBytes > 0 {
		reply.Header.Set("X-Padding", strings.Repeat("x", p.HeaderBytes))
		c.ex.Inject()
	}
	if missing := p.BodyBytes - len(reply.Body); missing > 0 && len(reply.Body) > 0 {
		reply.Body = slices.Concat(reply.Body, bytes.Repeat([]byte{' '}, missing))
		c.ex.Inject()
	}
}
