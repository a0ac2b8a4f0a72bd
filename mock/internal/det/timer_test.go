package det_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
)

func TestATimerEndsWhenItsTimeHasPassedUnlessItIsStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		stopped, stop := det.After(time.Minute)
		stop()
		done, _ := det.After(time.Hour)
		<-done
		if d := time.Since(began); d != time.Hour {
			t.Errorf("it ended after %v", d)
		}
		select {
		case <-stopped:
			t.Error("a stopped timer ended")
		default:
		}
	})
}
