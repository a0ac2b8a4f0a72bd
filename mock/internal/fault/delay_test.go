package fault_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/fault"
)

func TestDistributionsByTheirQuantiles(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		with string
		want map[float64]string
	}{
		"fixed":     {`{"fixed":"250ms"}`, map[float64]string{0: "250ms", 0.5: "250ms", 0.999: "250ms"}},
		"uniform":   {`{"uniform":{"min":"100ms","max":"300ms"}}`, map[float64]string{0: "100ms", 0.5: "200ms", 0.75: "250ms"}},
		"lognormal": {`{"lognormal":{"median":"100ms","sigma":0.5}}`, map[float64]string{0: "0s", 0.5: "100ms", 0.8413447: "165ms", 0.1586553: "61ms"}},
		"normal":    {`{"normal":{"mean":"100ms","deviation":"20ms"}}`, map[float64]string{0: "0s", 0.5: "100ms", 0.8413447: "120ms", 0.0000001: "0s"}},
		"pareto":    {`{"pareto":{"min":"100ms","shape":2}}`, map[float64]string{0: "100ms", 0.75: "200ms", 0.96: "500ms"}},
		"quantiles": {
			`{"quantiles":[{"p":0.1,"delay":"10ms"},{"p":0.5,"delay":"50ms"},{"p":0.9,"delay":"450ms"}]}`,
			map[float64]string{0: "10ms", 0.1: "10ms", 0.3: "30ms", 0.5: "50ms", 0.7: "250ms", 0.95: "450ms"},
		},
		"a maximum": {`{"pareto":{"min":"100ms","shape":2},"max":"150ms"}`, map[float64]string{0: "100ms", 0.75: "150ms"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &fault.Delay{Max: fault.Duration(time.Hour)}
			if err := json.Unmarshal([]byte(tt.with), d); err != nil {
				t.Fatal(err)
			}
			if problems := d.Check(); len(problems) > 0 {
				t.Fatalf("Check() = %v", problems)
			}
			got := map[float64]string{}
			for u := range tt.want {
				got[u] = d.At(u).Round(time.Millisecond).String()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("quantiles (-want +got):\n%s", diff)
			}
		})
	}
}
