package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// api is the path of every route.
const api = "/api/2"

// The environment in which this test binary is the bare server.
const (
	bareAddress = "TENANTRY_BARE_ADDRESS"
	bareAnswer  = "TENANTRY_BARE_ANSWER"
)

func TestMain(m *testing.M) {
	address := os.Getenv(bareAddress)
	if address == "" {
		m.Run()
		return
	}
	if err := serveBare(address, os.Getenv(bareAnswer)); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func TestTheBareServerReadsWhatItGetsAndAnswersTheBytes(t *testing.T) {
	t.Parallel()
	const want = `{"id":"u1"}`
	h := bare([]byte(want))
	for method, path := range map[string]string{http.MethodGet: "/users/u1", http.MethodPost: "/users"} {
		sent := strings.NewReader("a body")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, api+path, sent))
		if w.Code != http.StatusOK || w.Body.String() != want || sent.Len() != 0 {
			t.Errorf("%s %s: %d %s, with %d bytes unread; want %s", method, path, w.Code, w.Body, sent.Len(), want)
		}
	}
}

// bareCommand starts this test binary as the bare server.
func bareCommand(self string, port int, answer []byte) measure.Command {
	env := append(os.Environ(), bareAddress+"="+loopback(port), bareAnswer+"="+string(answer))
	return measure.Command{Path: self, Env: env}
}

func loopback(port int) string { return "127.0.0.1:" + strconv.Itoa(port) }

// serveBare answers until the process ends.
func serveBare(address, answer string) error {
	web := &http.Server{Addr: address, Handler: bare([]byte(answer)), ReadHeaderTimeout: time.Minute}
	if err := web.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// bare is a handler that answers with the body, after reading what was sent.
func bare(body []byte) http.Handler {
	e := echo.New()
	answer := func(c echo.Context) error {
		if _, err := io.Copy(io.Discard, c.Request().Body); err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/json; charset=utf-8", body)
	}
	e.GET(api+"/users/:user_id", answer)
	e.POST(api+"/users", answer)
	return e
}
