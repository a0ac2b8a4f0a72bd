package inject_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/op"
)

func TestErrorsInTheAPIsOwnEnvelope(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule   string
		status int
		code   float64
		text   string
		retry  []string // Retry-After
		runs   int64
	}{
		"an error":              {`{"id":"a","kind":"error"}`, 503, 503, "Service Unavailable", nil, 0},
		"an error with a code":  {`{"id":"a","kind":"error","with":{"status":409,"code":1001,"message":"Too late."}}`, 409, 1001, "Too late.", nil, 0},
		"an error of a gateway": {`{"id":"a","kind":"error","with":{"status":504}}`, 504, 504, "Gateway Timeout", nil, 0},
		"an error after all":    {`{"id":"a","kind":"error","phase":"after","with":{"status":500}}`, 500, 500, "Internal Server Error", nil, 1},

		"a wait in seconds":       {`{"id":"a","kind":"retry_after","with":{"after":"1500ms"}}`, 429, 429, "Too Many Requests", []string{"2"}, 0},
		"a wait until a date":     {`{"id":"a","kind":"retry_after","with":{"status":503,"form":"http_date","after":"1m"}}`, 503, 503, "Service Unavailable", []string{"Wed, 04 Mar 2026 12:01:00 GMT"}, 0},
		"a wait without a time":   {`{"id":"a","kind":"retry_after","with":{"form":"absent"}}`, 429, 429, "Too Many Requests", nil, 0},
		"a wait without a number": {`{"id":"a","kind":"retry_after","with":{"form":"malformed"}}`, 429, 429, "Too Many Requests", []string{"soon"}, 0},

		"a quota":     {`{"id":"a","kind":"rate_limit","with":{"limit":0,"window":"90s"}}`, 429, 429, "Too Many Requests", []string{"90"}, 0},
		"an outage":   {`{"id":"a","kind":"outage","with":{"for":"10m","retry_after":true}}`, 503, 503, "Service Unavailable", []string{"600"}, 0},
		"for a while": {`{"id":"a","kind":"outage","with":{"for":"10m","status":502}}`, 502, 502, "Bad Gateway", nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWire(t, tt.rule).overTCP()
			status, head, body, err := s.read("X-Operation", "listUsers")
			if err != nil {
				t.Fatal(err)
			}
			var got struct {
				Error struct {
					Code    float64
					Message string
					Domain  string
					Details map[string]any
					Context map[string]any
				}
			}
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatalf("%q: %v", body, err)
			}
			if e := got.Error; status != tt.status || e.Code != tt.code || e.Message != tt.text || e.Domain == "" || e.Details == nil {
				t.Errorf("got %d %s", status, body)
			}
			if diff := cmp.Diff(tt.retry, head["Retry-After"]); diff != "" {
				t.Errorf("Retry-After (-want +got):\n%s", diff)
			}
			if ex := <-s.last; !ex.Injected || ex.Cause != op.CauseInjected || ex.Err == nil || s.runs.Load() != tt.runs {
				t.Errorf("injected %v, cause %q, error %v, %d runs", ex.Injected, ex.Cause, ex.Err, s.runs.Load())
			}
		})
	}
}

func TestErrorsOfTheTokenEndpointAreFlat(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ with, want string }{
		"by its status":       {`{"status":503}`, "temporarily_unavailable"},
		"of the server":       {`{"status":500}`, "server_error"},
		"of the client":       {`{"status":401}`, "invalid_client"},
		"forbidden":           {`{"status":403}`, "access_denied"},
		"of the request":      {`{"status":400}`, "invalid_request"},
		"by the rule's words": {`{"status":400,"reason":"invalid_grant"}`, "invalid_grant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWire(t, `{"id":"a","kind":"error","with":`+tt.with+`}`).overTCP()
			_, _, body, err := s.read("X-Operation", "issueToken")
			var got map[string]string
			if err == nil {
				err = json.Unmarshal([]byte(body), &got)
			}
			if err != nil || got["error"] != tt.want || got["error_description"] == "" {
				t.Errorf("got %s, %v; want the error %s", body, err, tt.want)
			}
		})
	}
}

func TestAQuotaIsGivenBackInTime(t *testing.T) {
	t.Parallel()
	s := newWire(t, `{"id":"a","kind":"rate_limit","with":{"limit":2,"window":"1m"}}`).overTCP()
	statuses := func(n int) (list []int) {
		for range n {
			status, _, _, err := s.read()
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, status)
		}
		return list
	}
	if diff := cmp.Diff([]int{200, 200, 429}, statuses(3)); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	if ex := <-s.last; len(ex.Faults) != 0 || ex.Injected {
		t.Errorf("a request within the quota counts as faulty: %v", ex.Faults)
	}
	if err := s.world.Clock.Advance(time.Minute); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{200, 200, 429}, statuses(3)); diff != "" {
		t.Errorf("a minute later (-want +got):\n%s", diff)
	}
}

func TestFaultsNestByPriority(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rules []string
		body  string
		acted []string // that acted, in order
	}{
		"the outer one sees the reply of the inner one": {
			[]string{
				`{"id":"outer","kind":"malformed_body","when":{"priority":2}}`,
				`{"id":"inner","kind":"wrong_content_type","when":{"priority":1}}`,
			},
			"<html>",
			[]string{"outer", "inner"},
		},
		"what answers hides what is within": {
			[]string{
				`{"id":"outer","kind":"wrong_content_type","when":{"priority":2}}`,
				`{"id":"inner","kind":"error","when":{"priority":1}}`,
			},
			"<html>",
			[]string{"outer"},
		},
		"equals by their ids": {
			[]string{`{"id":"b","kind":"error"}`, `{"id":"a","kind":"wrong_content_type"}`},
			"<html>",
			[]string{"a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWire(t, tt.rules...).overTCP()
			_, _, body, err := s.read()
			if err != nil || len(body) < len(tt.body) || body[:len(tt.body)] != tt.body {
				t.Errorf("got %q, %v", body, err)
			}
			var got []string
			for _, f := range (<-s.last).Faults {
				got = append(got, f.Rule)
			}
			if diff := cmp.Diff(tt.acted, got); diff != "" {
				t.Errorf("evidence (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnEffectSeesARefusalAsTheClientWould(t *testing.T) {
	t.Parallel()
	s := newWire(t, `{"id":"a","kind":"truncate","with":{"missing":1}}`).overTCP()
	status, _, body, err := s.read("X-Answer", "error")
	if status != http.StatusInternalServerError || err == nil || body == "" {
		t.Errorf("got %d %q, %v", status, body, err)
	}
	if ex := <-s.last; ex.Err == nil || ex.Cause != op.CauseInjected {
		t.Errorf("error %v, cause %q", ex.Err, ex.Cause)
	}
}

func TestProbabilityZeroIsNoRule(t *testing.T) {
	t.Parallel()
	without, with := newWire(t).overTCP(), newWire(t, `{"id":"a","kind":"malformed_body","when":{"probability":0}}`).overTCP()
	_, head, body, err := without.read()
	_, head0, body0, err0 := with.read()
	if err != nil || err0 != nil || body != body0 {
		t.Errorf("%q, %v and %q, %v", body, err, body0, err0)
	}
	head.Del("Date")
	head0.Del("Date")
	if diff := cmp.Diff(head, head0); diff != "" {
		t.Errorf("headers (-without +with):\n%s", diff)
	}
	if ex := <-with.last; ex.Faults != nil || ex.Injected {
		t.Errorf("evidence %v", ex.Faults)
	}
}

func TestARuleMeetsRequestsThatNoOperationAnswers(t *testing.T) {
	t.Parallel()
	s := newWire(t, `{"id":"a","kind":"error","match":{"method":"GET","path":"/api/2/th*"}}`).overTCP()
	if status, _, _, err := s.read(); status != 503 || err != nil {
		t.Errorf("got %d, %v", status, err)
	}
}
