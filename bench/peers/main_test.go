package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFlagsThatMeasureNothingAreRefused(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"-rounds 0":        "above zero",
		"-starts 0":        "above zero",
		"-connections -1":  "above zero",
		"-window 10ms":     "at least 100ms",
		"-max-foreign 0":   "above zero",
		"-window five":     "invalid value",
		"-rounds 5 window": `"window" is no flag`,
	} {
		if _, err := parse(strings.Fields(line), io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("parse(%s) = %v; want an error with %q", line, err, want)
		}
	}
}

func TestFlagsAreTaken(t *testing.T) {
	t.Parallel()
	got, err := parse(strings.Fields("-window 2s -rounds 7 -only mokapi -cache there -out - -max-foreign 2"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	there, err := filepath.Abs("there")
	if err != nil {
		t.Fatal(err)
	}
	want := options{
		window: 2 * time.Second, warmup: 10 * time.Second, rounds: 7, starts: 5, connections: 16, maxForeign: 2,
		only: "mokapi", cache: there, out: "-",
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(options{})); diff != "" {
		t.Errorf("parse (-want +got):\n%s", diff)
	}
}
