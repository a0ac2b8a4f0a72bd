package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// base is where a control plane answers on its port.
const base = "/_mock/v1"

// A Plane is a control plane.
type Plane struct {
	url   string
	token string
	http  *http.Client
}

// Version is what a control plane says of its server.
type Version struct {
	Product string `json:"product"`
	Version string `json:"version"`
	BaseURL string `json:"base_url"` // of the API, as the server knows it
}

// ErrNone says that no Tenantry server has its control plane at the URL.
var ErrNone = errors.New("no control plane answers")

// Dial finds the control plane at a URL, with or without its base path. A token is only needed off loopback. Whatever
// else answers there is ErrNone.
func Dial(ctx context.Context, client *http.Client, at, token string) (*Plane, *Version, error) {
	p := &Plane{url: strings.TrimSuffix(strings.TrimSuffix(at, "/"), base) + base, token: token, http: client}
	var v Version
	if err := p.ask(ctx, http.MethodGet, "/version", nil, &v); err != nil {
		refusal := &Refusal{}
		if errors.As(err, &refusal) && refusal.Type != "" {
			return nil, nil, err
		}
		return nil, nil, fmt.Errorf("%w at %s: %w", ErrNone, p.url, err)
	}
	if v.Product != "tenantry" {
		return nil, nil, fmt.Errorf("%w at %s: what answers is no Tenantry server", ErrNone, p.url)
	}
	return p, &v, nil
}

// A Refusal is an answer of the control plane that is no success (RFC 9457).
type Refusal struct {
	Type     string `json:"type"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Problems []struct {
		Pointer string `json:"pointer"`
		Detail  string `json:"detail"`
	} `json:"problems"`
}

func (r *Refusal) Error() string {
	if r.Detail == "" {
		return fmt.Sprintf("the control plane answers %d", r.Status)
	}
	return "the control plane refuses: " + r.Detail
}

// ask sends a JSON body, unless it is nil, and reads a JSON answer, unless into is nil.
func (p *Plane) ask(ctx context.Context, method, path string, body, into any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return fmt.Errorf("%s %s: encode the request: %w", method, path, err)
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, p.url+path, bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("the control plane's URL: %w", err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("%s %s: read the answer: %w", method, path, err)
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		refusal := &Refusal{}
		_ = json.Unmarshal(answer, refusal) // what is no problem document is told by its status
		refusal.Status = resp.StatusCode
		return refusal
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("%s %s: read the answer: %w", method, path, err)
	}
	return nil
}

// maxAnswer bounds an answer; a sandbox with all its users takes a few kilobytes.
const maxAnswer = 16 << 20

func segment(text string) string { return url.PathEscape(text) }
