package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// sandboxBody makes a sandbox that misbehaves: late, refusing, cut short, reset and broken answers, a few of a hundred
// each. Delays are tiny, since what counts is what they hold, not how long.
const sandboxBody = `{"faults": [
	{"id": "late", "kind": "delay", "when": {"probability": 0.03}, "with": {"uniform": {"min": "1ms", "max": "3ms"}}},
	{"id": "refused", "kind": "error", "when": {"probability": 0.05}, "with": {"status": 503}},
	{"id": "wait", "kind": "retry_after", "when": {"probability": 0.02}, "with": {"status": 429, "form": "seconds", "after": "1s"}},
	{"id": "reset", "kind": "connection_reset", "when": {"probability": 0.02}},
	{"id": "empty", "kind": "empty_response", "when": {"probability": 0.01}},
	{"id": "short", "kind": "truncate", "when": {"probability": 0.02}, "with": {"keep": 0.5}},
	{"id": "broken", "kind": "malformed_body", "when": {"probability": 0.02}, "with": {"mode": "broken_json"}},
	{"id": "large", "kind": "oversize", "when": {"probability": 0.002}, "with": {"body_bytes": 1000000}},
	{"id": "lost", "kind": "lost_ack", "match": {"operation": "createUser"}, "when": {"probability": 0.05}, "with": {"mode": "reset"}}
]}`

// A box is a sandbox of the server, as the control plane answers it.
type box struct {
	ID      string `json:"id"`
	BaseURL string `json:"base_url"`
	Clients []struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	} `json:"clients"`
}

func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4, DisableCompression: true}, Timeout: time.Minute}
}

// work makes a sandbox, sends so many requests to it, and ends it.
func work(ctx context.Context, c *http.Client, control string, requests int) (counts map[string]int, err error) {
	made, err := manage(ctx, c, http.MethodPost, control+"/_mock/v1/sandboxes", sandboxBody)
	if err != nil {
		return nil, err
	}
	w, err := visit(ctx, c, made, requests)
	if err != nil {
		return nil, err
	}
	_, err = manage(ctx, c, http.MethodDelete, control+"/_mock/v1/sandboxes/"+w.box.ID, "")
	return w.counts, err
}

// visit sends so many requests to the sandbox that was made.
func visit(ctx context.Context, c *http.Client, made []byte, requests int) (*worker, error) {
	w := &worker{client: c, counts: map[string]int{}}
	if err := json.Unmarshal(made, &w.box); err != nil {
		return nil, fmt.Errorf("read the sandbox: %w", err)
	}
	for n := range requests {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w.one(ctx, n)
	}
	return w, nil
}

// manage asks the control plane, which does not misbehave.
func manage(ctx context.Context, c *http.Client, method, url, body string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader([]byte(body)))
	if err != nil {
		return nil, err
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= http.StatusMultipleChoices {
		err = fmt.Errorf("%s %s: %s: %s", method, url, resp.Status, answer)
	}
	return answer, err
}
