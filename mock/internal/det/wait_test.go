package det_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
)

func TestAWaitEndsInTimeOrWithItsContext(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wait, context time.Duration
		want          time.Duration
		err           error
	}{
		"in time":                       {time.Second, time.Minute, time.Second, nil},
		"with its context":              {time.Minute, time.Second, time.Second, context.DeadlineExceeded},
		"at once, without a time":       {0, time.Minute, 0, nil},
		"at once, when all is over":     {time.Minute, 0, 0, context.DeadlineExceeded},
		"without a time, when it is so": {-1, 0, 0, context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), tt.context)
				defer cancel()
				start := det.Wall()
				if err := det.Wait(ctx, tt.wait); !errors.Is(err, tt.err) || det.Since(start) != tt.want {
					t.Errorf("Wait = %v after %v, want %v after %v", err, det.Since(start), tt.err, tt.want)
				}
			})
		})
	}
}
