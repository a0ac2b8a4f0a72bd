package served

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// The documented client of the partner that every fixture has.
const (
	ClientID     = "c11e0000-0000-4000-8000-000000000001"
	ClientSecret = "5ec2e75ec2e75ec2e75ec2e75ec2e75e"
	Partner      = "a0000000-0000-4000-8000-000000000001"
)

func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}, Timeout: 5 * time.Minute}
}

// Login takes a token for the documented client, which the calls that follow use.
func (s *Server) Login(ctx context.Context) error {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {ClientID}, "client_secret": {ClientSecret}}
	var got struct {
		Token string `json:"access_token"`
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.API+"/idp/token", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if _, err := s.send(req, &got); err != nil {
		return fmt.Errorf("log in: %w", err)
	}
	s.token = got.Token
	return nil
}

// Get asks the API and is how long the whole answer took. The answer is decoded into out afterwards, unless out is nil.
// Anything but a success is an error.
func (s *Server) Get(ctx context.Context, path string, out any) (time.Duration, error) {
	return s.call(ctx, http.MethodGet, s.API+path, nil, out)
}

// Post sends a body of JSON to the API, as Get asks it.
func (s *Server) Post(ctx context.Context, path string, body []byte, out any) (time.Duration, error) {
	return s.call(ctx, http.MethodPost, s.API+path, body, out)
}

// Reset takes the default sandbox back to the world that the server began with.
func (s *Server) Reset(ctx context.Context) error {
	_, err := s.call(ctx, http.MethodPost, s.Control+"/_mock/v1/sandboxes/default/reset", nil, nil)
	if err != nil {
		return fmt.Errorf("reset the world: %w", err)
	}
	return nil
}

func (s *Server) call(ctx context.Context, method, target string, body []byte, out any) (time.Duration, error) {
	req, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return s.send(req, out)
}

func (s *Server) send(req *http.Request, out any) (time.Duration, error) {
	watch := measure.Begin()
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, err
	}
	body, err := io.ReadAll(resp.Body)
	took := watch.Elapsed()
	_ = resp.Body.Close()
	if err != nil {
		return 0, fmt.Errorf("%s %s: %w", req.Method, req.URL.Path, err)
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return 0, fmt.Errorf("%s %s: %s: %s", req.Method, req.URL, resp.Status, body[:min(len(body), 300)])
	}
	if out == nil {
		return took, nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return 0, fmt.Errorf("%s %s: %w", req.Method, req.URL.Path, err)
	}
	return took, nil
}
