package measure_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// The test binary is the server of these tests: it waits for a signal, or ends at once with a message.
func TestMain(m *testing.M) {
	switch os.Getenv("MEASURE_CHILD") {
	case "waits":
		select {}
	case "fails":
		_, _ = os.Stderr.WriteString("no such world")
		os.Exit(3)
	}
	os.Exit(m.Run())
}

func child(does string) measure.Command {
	return measure.Command{Path: os.Args[0], Env: append(os.Environ(), "MEASURE_CHILD="+does)}
}

func TestAProcessIsWatchedUntilItIsStopped(t *testing.T) {
	t.Parallel()
	p, err := measure.Start(t.Context(), child("waits"), func(context.Context) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("/proc/self/stat"); err == nil {
		if resident, err := p.Resident(); err != nil || resident <= 0 {
			t.Errorf("resident = %d, %v, want some memory", resident, err)
		}
		if _, err := p.CPU(); err != nil {
			t.Error(err)
		}
	}
	if err := p.Kill(); err != nil {
		t.Error(err)
	}
}

func TestAServerThatEndsAtOnceSaysWhy(t *testing.T) {
	t.Parallel()
	never := func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	_, err := measure.Start(t.Context(), child("fails"), never)
	if err == nil || !strings.Contains(err.Error(), "no such world") {
		t.Errorf("Start = %v, want what the server said", err)
	}
}
