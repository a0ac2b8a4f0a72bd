package fault_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/match"
)

func TestQuotas(t *testing.T) {
	t.Parallel()
	type step struct {
		wait time.Duration // of world time before it
		want string        // "" for a request that passes, else the wait until the next that may
	}
	for name, tt := range map[string]struct {
		with  string
		steps []step
	}{
		"a window begins anew": {
			`{"limit":2,"window":"1m"}`,
			[]step{{0, ""}, {10 * time.Second, ""}, {10 * time.Second, "40s"}, {39 * time.Second, "1s"}, {time.Second, ""}, {0, ""}, {0, "1m0s"}},
		},
		"a limit of 0 permits nothing": {`{"limit":0,"window":"1m"}`, []step{{0, "1m0s"}, {time.Minute, "1m0s"}}},
		"a bucket fills one by one": {
			`{"limit":6,"window":"1m","algorithm":"token_bucket","burst":2}`,
			[]step{{0, ""}, {0, ""}, {0, "10s"}, {4 * time.Second, "6s"}, {6 * time.Second, ""}, {0, "10s"}, {time.Hour, ""}, {0, ""}, {0, "10s"}},
		},
		"a bucket is as large as the limit": {
			`{"limit":3,"window":"3s","algorithm":"token_bucket"}`,
			[]step{{0, ""}, {0, ""}, {0, ""}, {0, "1s"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.put(`{"id":"a","kind":"rate_limit","with":` + tt.with + `}`)
			for i, s := range tt.steps {
				w.clock.advance(s.wait)
				got := ""
				if hits := w.meet(request()); len(hits) > 0 {
					got = hits[0].Wait.String()
				}
				if got != s.want {
					t.Errorf("request %d: wait %q, want %q", i, got, s.want)
				}
			}
		})
	}
}

func TestEachClientHasItsOwnQuota(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"a","kind":"rate_limit","when":{"per":"client"},"with":{"limit":1,"window":"1m"}}`)
	var got []bool
	for _, client := range []string{"a", "b", "a", "b"} {
		got = append(got, len(w.meet(&match.Request{Client: client})) > 0)
	}
	if diff := cmp.Diff([]bool{false, false, true, true}, got); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if s := w.Rules()[0]; s.Matched != 4 || s.Applied != 2 {
		t.Errorf("matched %d, applied %d", s.Matched, s.Applied)
	}
}

func TestAnOutageHasABeginningAndAnEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"a","kind":"outage","with":{"after":"1m","for":"10m"}}`)
	w.wall.advance(time.Hour)
	for _, tt := range []struct {
		after time.Duration // since the step before
		down  bool
	}{{0, false}, {time.Minute - 1, false}, {1, true}, {10*time.Minute - 1, true}, {1, false}} {
		w.clock.advance(tt.after)
		if got := len(w.meet(request())) > 0; got != tt.down {
			t.Errorf("%v after the rule was put, down is %v", w.clock.Now().Sub(epoch), got)
		}
	}
}

func TestADegradationGrows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put(`{"id":"errors","kind":"degradation","with":{"ramp":"10m","probability":0.8}}`)
	w.put(`{"id":"delays","kind":"degradation","with":{"ramp":"10m","delay":"2s"}}`)
	var errors []int
	var levels []float64
	for range 4 {
		n, level := 0, 0.0
		for range 400 {
			for _, hit := range w.meet(request()) {
				if hit.Rule.ID == "errors" {
					n++
					continue
				}
				level = hit.Level
			}
		}
		errors, levels = append(errors, n), append(levels, level)
		w.clock.advance(5 * time.Minute)
	}
	if errors[0] != 0 || errors[1] < 110 || errors[1] > 210 || errors[2] < 260 || errors[3] < 260 || errors[3] > 380 {
		t.Errorf("errors of 400 requests every five minutes: %v, want about 0, 160, 320, 320", errors)
	}
	if diff := cmp.Diff([]float64{0, 0.5, 1, 1}, levels); diff != "" {
		t.Errorf("share of the delay (-want +got):\n%s", diff)
	}
}
