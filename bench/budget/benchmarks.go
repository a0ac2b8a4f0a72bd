package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// benchmarks runs those of the rows, package by package, and is their results in the order of the rows.
func benchmarks(ctx context.Context, all []row, count int, progress io.Writer) ([]result, error) {
	samples := map[string][]float64{}
	for _, pkg := range packages(all) {
		text, err := run(ctx, pkg, names(all, pkg), count, progress)
		if err != nil {
			return nil, err
		}
		for name, values := range parse(text) {
			samples[pkg+" "+name] = append(samples[pkg+" "+name], values...)
		}
	}
	var results []result
	for _, r := range all {
		values := samples[r.pkg+" "+r.benchmark+" "+r.metric]
		if len(values) == 0 {
			return nil, fmt.Errorf("%s of %s reports no %s", r.benchmark, r.pkg, r.metric)
		}
		results = append(results, result{r, measure.Median(values)})
	}
	return results, nil
}

func packages(all []row) []string {
	var list []string
	for _, r := range all {
		if !slices.Contains(list, r.pkg) {
			list = append(list, r.pkg)
		}
	}
	return list
}

// names is a pattern for the benchmarks of a package, without their parts.
func names(all []row, pkg string) string {
	var list []string
	for _, r := range all {
		name, _, _ := strings.Cut(r.benchmark, "/")
		if r.pkg == pkg && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return "^(" + strings.Join(list, "|") + ")$"
}

func run(ctx context.Context, pkg, pattern string, count int, progress io.Writer) (string, error) {
	args := []string{"test", "-run", "^$", "-bench", pattern, "-count", strconv.Itoa(count), "-timeout", "30m", pkg}
	cmd := exec.CommandContext(ctx, "go", args...) //nolint:gosec // the arguments are of this program
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&said, progress), os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return said.String(), nil
}

// processors is what the test command appends to a name.
var processors = regexp.MustCompile(`-\d+$`)

// parse reads what benchmarks print: a name, a number of runs, then values with their units. The keys are a benchmark's name
// and a unit, with a blank between them.
func parse(text string) map[string][]float64 {
	found := map[string][]float64{}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
			continue
		}
		name := processors.ReplaceAllString(words[0], "")
		for i := 2; i+1 < len(words); i += 2 {
			if v, err := strconv.ParseFloat(words[i], 64); err == nil {
				found[name+" "+words[i+1]] = append(found[name+" "+words[i+1]], v)
			}
		}
	}
	return found
}
