package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
)

// A service is a server and the port that it listens on.
type service struct {
	web      *http.Server
	listener net.Listener
}

func newService(handler http.Handler, l net.Listener, log *slog.Logger) service {
	web := &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	return service{web, l}
}

func (s service) run() error {
	if s.web.TLSConfig != nil {
		return s.web.ServeTLS(s.listener, "", "")
	}
	return s.web.Serve(s.listener)
}

func listen(ctx context.Context, flag, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("port taken: another process listens on %s; stop it, or choose another address with %s", addr, flag)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", flag, addr, err)
	}
	return l, nil
}

// untilDone serves until the context ends. Then interrupt lets go what would wait without end, running requests finish,
// and the services end one after the other.
func untilDone(ctx context.Context, interrupt func(), services ...service) error {
	failed := make(chan error, len(services))
	for _, s := range services {
		go func() { failed <- s.run() }()
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	interrupt()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	for _, s := range services {
		if err := s.web.Shutdown(last); err != nil {
			return fmt.Errorf("stop: running requests did not finish in %v: %w", shutdownTimeout, err)
		}
	}
	for range services {
		if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
	}
	return nil
}
