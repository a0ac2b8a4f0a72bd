package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tenantry/tenantry/bench/internal/served"
)

// credentials are those of the client that the demo world documents.
const credentials = served.ClientID + ":" + served.ClientSecret

// body is what the route answers at this address, within a limit.
func body(ctx context.Context, address string, limit time.Duration) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+credentials+"@"+address+asked, http.NoBody)
	if err != nil {
		return nil, err
	}
	return answer(req)
}

// token is an access token of the running Tenantry, as clients of the API carry it.
func token(ctx context.Context, address string) (string, error) {
	form := url.Values{"grant_type": {"client_credentials"}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost,
		"http://"+credentials+"@"+address+api+"/idp/token", strings.NewReader(form))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	text, err := answer(req)
	if err != nil {
		return "", err
	}
	var granted struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(text, &granted); err != nil {
		return "", fmt.Errorf("read the token: %w", err)
	}
	if granted.Token == "" {
		return "", fmt.Errorf("read the token: the answer has none: %s", text)
	}
	return granted.Token, nil
}

// answer is the body of a 200; anything else is an error.
func answer(req *http.Request) ([]byte, error) {
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s answered %s: %s", req.Method, req.URL.Path, resp.Status, text)
	}
	return text, err
}

// request is what every product is sent, the same to the last byte but the port.
func request(address, token string) []byte {
	return []byte("GET " + asked + " HTTP/1.1\r\nHost: " + address + "\r\nAuthorization: Bearer " + token +
		"\r\nAccept: application/json\r\n\r\n")
}
