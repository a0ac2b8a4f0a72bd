package mock_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/google/go-cmp/cmp"
)

var httpCases = map[string]wireCase{
	"error": {see: func(w *wire) {
		r := w.want(w.get("/users?tenant_id="+harbor), http.StatusServiceUnavailable)
		if !strings.Contains(string(r.body), `"domain":"PlatformAccountServer"`) || r.header.Get("X-Tenantry-Cause") != "injected" {
			w.Errorf("the error is not in the vendor's envelope, or not marked: %s %v", r.body, r.header)
		}
		w.want(w.get(acmeTenant), http.StatusOK)
	}},
	"retry_after": {see: func(w *wire) {
		r := w.want(w.get("/users/me"), http.StatusTooManyRequests)
		if _, err := http.ParseTime(r.header.Get("Retry-After")); err != nil {
			w.Errorf("Retry-After %q is no date: %v", r.header.Get("Retry-After"), err)
		}
	}},
	"rate_limit": {rule: `{"id":"quota","kind":"rate_limit","when":{"per":"client"},"with":{"limit":2,"window":"1m"}}`, see: func(w *wire) {
		w.srv.Freeze()
		w.want(w.get(acmeTenant), http.StatusOK)
		w.want(w.get(acmeTenant), http.StatusOK)
		r := w.want(w.get(acmeTenant), http.StatusTooManyRequests)
		wait, err := time.ParseDuration(r.header.Get("Retry-After") + "s")
		if err != nil || wait <= 0 || wait > time.Minute {
			w.Fatalf("Retry-After: %q, %v", r.header.Get("Retry-After"), err)
		}
		w.srv.Advance(wait)
		w.want(w.get(acmeTenant), http.StatusOK)
	}},
	"outage": {see: func(w *wire) {
		w.want(w.get(acmeTenant), http.StatusOK)
		w.srv.Advance(2 * time.Minute)
		w.want(w.get(acmeTenant), http.StatusServiceUnavailable)
		w.want(w.get("/users/me"), http.StatusOK)
		w.srv.Advance(10 * time.Minute)
		w.want(w.get(acmeTenant), http.StatusOK)
	}},
	"degradation": {rule: `{"id":"worse","kind":"degradation","with":{"ramp":"10m","probability":1}}`, see: func(w *wire) {
		failed := func() (n int) {
			for range 50 {
				if w.get(acmeTenant).status != http.StatusOK {
					n++
				}
			}
			return n
		}
		w.srv.Freeze()
		fresh := failed()
		w.srv.Advance(5 * time.Minute)
		half := failed()
		w.srv.Advance(5 * time.Minute)
		if all := failed(); fresh != 0 || half < 10 || half > 40 || all != 50 {
			w.Errorf("of 50 requests failed %d at the start, %d half-way, %d at the end", fresh, half, all)
		}
	}},
}

var latencyCases = map[string]wireCase{
	"delay": {bubble: true, see: func(w *wire) {
		late := took(func() { w.want(w.get(acmeTenant), http.StatusOK) })
		if late < 10*time.Millisecond || late > 2*time.Second {
			w.Errorf("the answer took %v, want about 90 ms", late)
		}
	}},
	"slow_response": {bubble: true, see: func(w *wire) {
		var r response
		late := took(func() { r = w.want(w.get("/tenants?parent_id="+harbor), http.StatusOK) })
		if want := time.Duration((len(r.body)-1)/64) * 100 * time.Millisecond; late != want || !json.Valid(r.body) {
			w.Errorf("%d bytes took %v, want %v: %s", len(r.body), late, want, r.body)
		}
	}},
	"slow_request_read": {
		bubble: true,
		rule:   `{"id":"upload","kind":"slow_request_read","match":{"operation":"createUser"},"with":{"chunk":10,"pause":"1s"}}`,
		see: func(w *wire) {
			late := took(func() { w.want(w.do("POST", "/users", newUser("jane.doe")), http.StatusOK) })
			if want := time.Duration(len(newUser("jane.doe"))/10) * time.Second; late < want-time.Second || late > want+time.Second {
				w.Errorf("the upload took %v, want about %v", late, want)
			}
		},
	},
	"stall": {bubble: true, see: func(w *wire) {
		ctx, cancel := context.WithTimeout(w.Context(), time.Hour)
		defer cancel()
		r := w.with(ctx, w.c, "GET", "/users/me", nil)
		if !errors.Is(r.err, context.DeadlineExceeded) || r.status != http.StatusOK || len(r.body) == 0 {
			w.Errorf("got %d, %d bytes, %v, want headers, half a body and silence", r.status, len(r.body), r.err)
		}
	}},
}

// broken is a connection that was reset, however the client's system tells it.
func broken(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

var connectionCases = map[string]wireCase{
	"connection_reset": {see: func(w *wire) {
		if r := w.do("POST", "/users", newUser("jane.doe")); !broken(r.err) {
			w.Errorf("got %d, %v, want a reset connection", r.status, r.err)
		}
		if w.taken() {
			w.Error("the user was made though the fault acts before the change")
		}
	}},
	"empty_response": {see: func(w *wire) {
		if r := w.get(acmeTenant); !errors.Is(r.err, io.EOF) || broken(r.err) {
			w.Errorf("got %d, %v, want EOF", r.status, r.err)
		}
	}},
	"limit_data": {see: func(w *wire) {
		r := w.get("/users?subtree_root_tenant_id=a0000000-0000-4000-8000-000000000001&limit=10")
		if !errors.Is(r.err, io.ErrUnexpectedEOF) || len(r.body) != 100 || r.status != http.StatusOK {
			w.Errorf("got %d, %d bytes, %v, want 200, 100 bytes and an unexpected end", r.status, len(r.body), r.err)
		}
	}},
}

var bodyCases = map[string]wireCase{
	"truncate": {see: func(w *wire) {
		r := w.get("/users?subtree_root_tenant_id=a0000000-0000-4000-8000-000000000001&limit=10")
		if !errors.Is(r.err, io.ErrUnexpectedEOF) || len(r.body) == 0 || json.Valid(r.body) {
			w.Errorf("got %d bytes, %v, want a part and an unexpected end", len(r.body), r.err)
		}
	}},
	"malformed_body": {see: func(w *wire) {
		if r := w.want(w.get("/users/me"), http.StatusOK); json.Valid(r.body) {
			w.Errorf("the body can be read: %s", r.body)
		}
	}},
	"malformed_body: bad_gzip": {rule: `{"id":"gz","kind":"malformed_body","with":{"mode":"bad_gzip"}}`, see: func(w *wire) {
		if r := w.get("/users/me"); !errors.Is(r.err, gzip.ErrHeader) && !errors.Is(r.err, gzip.ErrChecksum) && !errors.Is(r.err, io.ErrUnexpectedEOF) {
			w.Errorf("got %d, %v, want an error of gzip: %s", r.status, r.err, r.body)
		}
	}},
	"wrong_content_type": {see: func(w *wire) {
		r := w.want(w.get(acmeTenant), http.StatusBadGateway)
		if !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") || !strings.Contains(string(r.body), "<html") {
			w.Errorf("got %q: %s", r.header.Get("Content-Type"), r.body)
		}
	}},
	"schema_drift": {resets: true, see: func(w *wire) {
		var plain, drifted map[string]any
		w.into(w.want(w.get("/tenants/"+harbor), http.StatusOK), &drifted)
		w.srv.Reset(w)
		w.into(w.want(w.get("/tenants/"+harbor), http.StatusOK), &plain)
		if cmp.Equal(plain, drifted) {
			w.Errorf("nothing drifted: %v", drifted)
		}
	}},
	"duplicate_header": {see: func(w *wire) {
		r := w.want(w.get("/users/me"), http.StatusOK)
		want := []string{"application/json; charset=utf-8", "text/plain"}
		if diff := cmp.Diff(want, r.header.Values("Content-Type")); diff != "" {
			w.Errorf("Content-Type (-want +got):\n%s", diff)
		}
	}},
	"oversize": {see: func(w *wire) {
		r := w.want(w.get("/users/me"), http.StatusOK)
		if len(r.body) < 10_000_000 || !json.Valid(r.body) {
			w.Errorf("the body has %d bytes and is JSON: %v", len(r.body), json.Valid(r.body))
		}
	}},
}
