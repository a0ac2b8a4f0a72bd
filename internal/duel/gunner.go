package duel

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// A Shot is one request. Its body, if any, is JSON where it begins with a brace, else a form.
type Shot struct{ Method, Path, Token, Body string }

// A Gunner is a client with one connection and no more work of its own than net/http asks for.
type Gunner struct {
	base      string
	transport http.Transport
	buf       []byte
}

// NewGunner is a client of the server at the base URL.
func NewGunner(base string) *Gunner {
	return &Gunner{base: base, transport: http.Transport{DisableCompression: true}, buf: make([]byte, 0, 4<<10)}
}

// Fire sends a request and returns the body of the answer, which is overwritten by the next one. An answer other than 200
// is an error, and its body is there too.
func (g *Gunner) Fire(s Shot) ([]byte, error) {
	var body io.Reader
	if s.Body != "" {
		body = strings.NewReader(s.Body)
	}
	req, err := http.NewRequestWithContext(context.Background(), s.Method, g.base+s.Path, body)
	if err != nil {
		return nil, err
	}
	if s.Token != "" {
		req.Header["Authorization"] = []string{"Bearer " + s.Token}
	}
	if s.Body != "" {
		req.Header["Content-Type"] = []string{MediaType(s.Body)}
	}
	resp, err := g.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if g.buf, err = readAll(resp.Body, g.buf[:0]); err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s", s.Method, s.Path, resp.Status)
	}
	return g.buf, err
}

// MediaType is that of a body: JSON for an object, otherwise a form.
func MediaType(body string) string {
	if strings.HasPrefix(body, "{") {
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// readAll is io.ReadAll into a buffer that there is.
func readAll(r io.Reader, into []byte) ([]byte, error) {
	for {
		if len(into) == cap(into) {
			into = slices.Grow(into, len(into))
		}
		n, err := r.Read(into[len(into):cap(into)])
		into = into[:len(into)+n]
		if err == io.EOF {
			return into, nil
		}
		if err != nil {
			return into, err
		}
	}
}
