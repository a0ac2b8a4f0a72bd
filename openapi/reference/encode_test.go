package reference_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/openapi/reference"
)

func TestDecodeReadsWhatEncodeWrote(t *testing.T) {
	t.Parallel()
	want := parse(t, library(t))
	got, err := reference.Decode(bytes.NewReader(encode(t, want)))
	if err != nil {
		t.Fatalf("Decode: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decode (-want +got):\n%s", diff)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"members it does not know": `{"title": "x", "colour": "blue"}`,
		"a second value":           `{"title": "x"} {}`,
		"what is no JSON":          `title: x`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if ref, err := reference.Decode(strings.NewReader(text)); err == nil {
				t.Errorf("Decode(%s) = %+v, want an error", text, ref)
			}
		})
	}
}
