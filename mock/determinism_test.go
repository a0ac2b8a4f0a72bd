package mock_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
)

var newYear = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// transcript is what a client gets for a fixed list of requests, byte for byte, but for the Date that the network's
// server adds.
func transcript(t *testing.T, srv *mock.Sandbox, rounds int) []string {
	t.Helper()
	w := &wire{T: t, srv: srv, c: srv.Client(t, mock.Partner)}
	var lines []string
	note := func(r response) {
		header := r.header.Clone()
		header.Del("Date")
		lines = append(lines, fmt.Sprintf("%d %v %s %v", r.status, header, r.body, r.err))
	}
	for n := range rounds {
		note(w.do("POST", "/users", newUser(fmt.Sprint("user", n))))
		note(w.get("/tenants/" + harbor))
		note(w.get("/users?subtree_root_tenant_id=a0000000-0000-4000-8000-000000000001&limit=3"))
		note(w.with(w.Context(), srv.HTTP(), "POST", "/idp/token", url.Values{
			"grant_type": {"client_credentials"}, "client_id": {partnerClient}, "client_secret": {partnerSecret},
		}))
		note(w.with(w.Context(), srv.HTTP(), "POST", "/idp/token", url.Values{"grant_type": {"nonsense"}}))
		note(w.do("PUT", "/tenants/"+harbor, `{"version":1,"name":"Renamed"}`))
		srv.Advance(time.Minute)
	}
	return lines
}

// Every kind of fault that changes what is answered, each by chance.
var chances = []string{
	`{"id":"a","kind":"error","when":{"probability":0.2},"with":{"status":503}}`,
	`{"id":"b","kind":"schema_drift","when":{"probability":0.3},"with":{"mode":"number_as_string"}}`,
	`{"id":"c","kind":"truncate","match":{"method":"GET"},"when":{"probability":0.2},"with":{"keep":0.3}}`,
	`{"id":"d","kind":"malformed_body","when":{"probability":0.1},"with":{"mode":"garbage"}}`,
	`{"id":"e","kind":"retry_after","when":{"every":7},"with":{"status":429,"form":"http_date"}}`,
	`{"id":"f","kind":"bad_signature","when":{"probability":0.4}}`,
	`{"id":"g","kind":"delay","when":{"probability":0.5},"with":{"uniform":{"min":"1ms","max":"20ms"}}}`,
	`{"id":"h","kind":"rate_limit","match":{"operation":"listUsers"},"with":{"limit":5,"window":"10m"}}`,
	`{"id":"i","kind":"pagination_shift","when":{"probability":0.3},"with":{"mode":"skip"}}`,
}

func TestTheSameSeedAndRequestsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	run := func(seed int64) (lines []string) {
		synctest.Test(t, func(t *testing.T) {
			srv := mock.Start(t, mock.WithClock(newYear), mock.WithSeed(seed), mock.WithoutListener())
			for _, rule := range chances {
				srv.FaultJSON(t, rule)
			}
			lines = transcript(t, srv, 12)
		})
		return lines
	}
	one, again, other := run(7), run(7), run(8)
	if diff := cmp.Diff(one, again); diff != "" {
		t.Errorf("the same seed (-once +again):\n%s", diff)
	}
	if cmp.Equal(one, other) {
		t.Error("another seed gives the same")
	}
	if text := strings.Join(one, "\n"); !strings.Contains(text, "injected") || !strings.Contains(text, "unexpected EOF") {
		t.Error("no fault came by chance: the test shows nothing")
	}
}

// A disarmed fault has no effect: with probability 0, or on requests that it does not match, answers are those of a
// server without rules, byte for byte.
func TestAProbabilityOfZeroEqualsNoRule(t *testing.T) {
	t.Parallel()
	plain := func(t *testing.T, rules ...string) (lines []string) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			srv := mock.Start(t, mock.WithClock(newYear), mock.WithoutListener())
			for _, rule := range rules {
				srv.FaultJSON(t, rule)
			}
			start := det.Wall()
			lines = transcript(t, srv, 2)
			if spent := det.Since(start); spent != 0 {
				t.Errorf("the requests took %v", spent)
			}
		})
		return lines
	}
	want := plain(t)
	for _, k := range fault.Kinds() {
		r, problems := fault.ParseRule([]byte(k.Example))
		if len(problems) > 0 {
			t.Fatalf("%s: %v", k.Name, problems)
		}
		if r.When.Probability = new(float64); k.Name == "degradation" { // whose probability grows by itself
			r.When.Probability, r.With = nil, []byte(`{"ramp":"1h","probability":0.0000001}`)
		}
		srv := mock.Start(t, mock.WithClock(newYear), mock.WithoutListener())
		srv.Fault(t, r)
		if diff := cmp.Diff(want, transcript(t, srv, 2)); diff != "" {
			t.Errorf("%s with probability 0 (-without +with):\n%s", k.Name, diff)
		}
	}
}

// A reset world repeats itself, whatever was asked of it before.
func TestAResetWorldGivesTheSameBytesAgain(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithClock(newYear), mock.WithoutListener())
	first := transcript(t, srv, 1)
	rapid.Check(t, func(r *rapid.T) {
		for range rapid.IntRange(0, 3).Draw(r, "noise") {
			send(t, srv.Client(t, mock.Partner), http.MethodPost, srv.URL+"/api/2/users", newUser(rapid.StringMatching(`[a-z]{8}`).Draw(r, "login")))
		}
		srv.Reset(t)
		if diff := cmp.Diff(first, transcript(t, srv, 1)); diff != "" {
			r.Errorf("after a reset (-first +again):\n%s", diff)
		}
	})
}
