package main_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	growth "github.com/tenantry/tenantry/bench/growth"
	"github.com/tenantry/tenantry/bench/internal/measure"
)

func TestSizesGrow(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"1000,10000": true, "1000, 2000": true, "1000": true,
		"": false, "10": false, "1000,1000": false, "2000,1000": false, "many": false,
	} {
		if _, err := growth.ParseSizes(text); (err == nil) != ok {
			t.Errorf("-sizes %q: %v, want accepted: %v", text, err, ok)
		}
	}
}

func TestFiguresHaveTheDigitsThatCount(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		12345 * time.Nanosecond: "12.3 µs", 1500 * time.Microsecond: "1.50 ms", 123456 * time.Microsecond: "123 ms", 30 * time.Second: "30.0 s",
	} {
		if got := growth.Duration(d); got != want {
			t.Errorf("Duration(%d) = %q, want %q", d, got, want)
		}
	}
	for n, want := range map[int]string{7: "7", 1000: "1,000", 1234567: "1,234,567"} {
		if got := growth.Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestTheTableSaysHowMuchTheLargestCosts(t *testing.T) {
	t.Parallel()
	worlds := []*growth.World{growth.MakeWorld(1000, 100_000), growth.MakeWorld(100_000, 150_000)}
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	machine := measure.Machine{Cores: 2, Memory: 8 << 30, System: "linux/amd64", Go: "1.26"}
	text := growth.Report(worlds, growth.Options{}, machine, at)
	for _, want := range []string{
		"Measured on 2026-03-04: 2 cores, 8 GiB memory, linux/amd64, Go 1.26.", "| users | 1,000 | 100,000 | ratio |",
		"| `GET /users/{id}` | 100 µs | 150 µs | 1.50 |", "| tenants, personal ones included | 1,100 | 110,000 |  |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
}

func TestThePlotIsAPictureWithALineForEachCall(t *testing.T) {
	t.Parallel()
	users := []int{1000, 10_000, 100_000}
	svg := growth.Plot([]growth.Curve{
		growth.MakeCurve("flat <call>", users, 100_000, 100_000, 100_000),
		growth.MakeCurve("steep", users, 100_000, 1_000_000, 10_000_000),
		growth.MakeCurve("as flat", users, 100_000, 100_000, 100_001),
	})
	lines, texts := 0, map[string]string{} // text to its y
	d := xml.NewDecoder(strings.NewReader(svg))
	var y string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the plot is no XML: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			for _, a := range token.Attr {
				if a.Name.Local == "y" {
					y = a.Value
				}
				if a.Name.Local == "d" && strings.Count(a.Value, "L") == len(users)-1 {
					lines++
				}
			}
		case xml.CharData:
			texts[string(token)] = y
		}
	}
	if lines != 3 {
		t.Errorf("%d lines, want 3", lines)
	}
	for _, want := range []string{"flat <call>", "steep", "as flat", "1,000", "100,000", "100 µs", "10 ms", "users (with a tenth as many tenants)"} {
		if _, ok := texts[want]; !ok {
			t.Errorf("the plot does not say %q", want)
		}
	}
	if texts["flat <call>"] == texts["as flat"] {
		t.Error("the names of lines that end together lie upon each other")
	}
}
