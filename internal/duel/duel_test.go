package duel_test

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/internal/duel"
)

// A side is a server that remembers the bodies it was sent.
type side struct {
	url  string
	mu   sync.Mutex
	seen map[string]int
}

func open(t *testing.T) *side {
	t.Helper()
	s := &side{seen: map[string]int{}}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.seen[string(body)]++; err != nil {
			t.Error(err)
		}
		_, _ = w.Write([]byte("{}"))
	}))
	t.Cleanup(web.Close)
	s.url = web.URL
	return s
}

func TestBothSidesGetAsManyRequestsAndNoneTwice(t *testing.T) {
	t.Parallel()
	ours, other := open(t), open(t)
	var runs, turns int
	result := testing.Benchmark(func(b *testing.B) {
		b.Helper()
		runs++
		d := duel.Duel{Clients: 3, Requests: 20, Ours: ours.url, Other: other.url, Shoot: duel.Creations("a.token", fmt.Sprint(runs))}
		d.Before = func() error { turns++; return nil }
		d.Run(b, "other", 0.5)
	})
	if len(ours.seen) < 8*20 || len(ours.seen) != len(other.seen) {
		t.Errorf("ours got %d requests and the other %d; want as many, of a warm-up and seven rounds", len(ours.seen), len(other.seen))
	}
	if turns*20 != len(ours.seen) {
		t.Errorf("ours was prepared for %d turns and got %d requests, 20 in each", turns, len(ours.seen))
	}
	for body, n := range ours.seen {
		if n+other.seen[body] != 1 {
			t.Errorf("%s was sent %d times", body, n+other.seen[body])
		}
	}
	took, otherTook := result.Extra["us/op"], result.Extra["other-us/op"]
	if took <= 0 || otherTook <= 0 || result.Extra["budget"] != 0.5 {
		t.Errorf("the metrics are %v", result.Extra)
	}
	if ratio := result.Extra["x-other"]; math.IsNaN(ratio) || ratio < 0.01 || ratio > 100 {
		t.Errorf("two equal servers compare as %v", ratio)
	}
}

// api answers the calls that every duel begins with, or with a refusal.
func api(t *testing.T, status int, answer string) string {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got := strings.Join([]string{r.Method, r.URL.Path, r.Header.Get("Content-Type"), r.Header.Get("Authorization")}, " ")
		want := map[bool]string{
			true:  "POST /api/2/users application/json Bearer a.token",
			false: "POST /api/2/idp/token application/x-www-form-urlencoded ",
		}[strings.HasPrefix(string(body), "{")]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("request (-want +got):\n%s", diff)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(web.Close)
	return web.URL + "/api/2"
}

func TestTheFirstCallsReadTheirAnswers(t *testing.T) {
	t.Parallel()
	answer := `{"access_token":"a.token","id":"u1","text":"` + strings.Repeat("longer than a buffer ", 500) + `"}`
	base := api(t, http.StatusOK, answer)
	token, err := duel.Token(base, "me", "secret")
	if err != nil || token != "a.token" {
		t.Errorf("Token = %q, %v", token, err)
	}
	id, body, err := duel.FirstUser(base, token, "t1")
	if err != nil || id != "u1" || string(body) != answer {
		t.Errorf("FirstUser = %q, %.40q…, %v", id, body, err)
	}
}

func TestARefusalSaysWhatWasAnswered(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		answer string
		want   string
	}{
		"another status": {http.StatusServiceUnavailable, "busy", "POST /idp/token: 503 Service Unavailable: busy"},
		"no JSON":        {http.StatusOK, "<html>", `POST /idp/token answered "<html>"`},
	} {
		_, err := duel.Token(api(t, tt.status, tt.answer), "me", "secret")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Token = %v; want an error with %q", name, err, tt.want)
		}
	}
	if _, _, err := duel.FirstUser(api(t, http.StatusConflict, "taken"), "a.token", "t1"); err == nil || !strings.Contains(err.Error(), "409") {
		t.Errorf("FirstUser = %v; want the status", err)
	}
}
