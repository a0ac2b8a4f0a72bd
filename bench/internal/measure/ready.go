package measure

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// between is how long a check for readiness pauses: it bounds how exact a start is measured.
const between = time.Millisecond

// FreePort is a port of the loopback interface that nobody listens on at the moment.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a local bind does not wait
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

// Answers waits until a GET of the URL is answered 200, for Start. It asks about every millisecond.
func Answers(url string) func(context.Context) error {
	return func(ctx context.Context) error {
		transport := &http.Transport{}
		defer transport.CloseIdleConnections()
		client := &http.Client{Transport: transport}
		for {
			err := ask(ctx, client, url)
			if err == nil {
				return nil
			}
			if Wait(ctx, between) != nil {
				return fmt.Errorf("%s did not answer 200 in time: %w", url, err)
			}
		}
	}
}

func ask(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("it answered %s", resp.Status)
	}
	return nil
}
