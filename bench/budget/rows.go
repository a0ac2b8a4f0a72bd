package main

import (
	"fmt"
	"strconv"
)

// A row is one budget: what is measured by which metric of which benchmark.
type row struct {
	what      string
	pkg       string
	benchmark string
	metric    string
	unit      unit
	least     bool    // the budget is the least that is allowed, else the most
	budget    float64 // in the metric's own unit
}

// A unit is how a value is shown.
type unit struct {
	name string
	per  float64 // of the metric's unit in one of these
}

var (
	times        = unit{"x", 1}
	milliseconds = unit{"ms", 1e6}
	megabytes    = unit{"MB", 1e6}
)

func (u unit) show(v float64) string {
	return strconv.FormatFloat(v/u.per, 'f', u.digits(v/u.per), 64) + " " + u.name
}

// digits keeps three of a small value.
func (u unit) digits(v float64) int {
	switch {
	case v >= 100:
		return 0
	case v >= 10:
		return 1
	case v >= 0.1:
		return 2
	}
	return 4
}

// rows are the budgets that benchmarks measure.
func rows() []row {
	const users, mock, sandbox = "./bench/budget", "./mock", "./mock/internal/sandbox"
	return []row{
		{"GET /users/{id}: throughput against a bare handler", users, "BenchmarkBudgetGetUser", "x-bare", times, true, 0.70},
		{"POST /users: throughput against a bare handler", users, "BenchmarkBudgetCreateUser", "x-bare", times, true, 0.45},
		{"durable POST /users, 32 clients, 5 ms sync: against batches of one", mock, "BenchmarkBudgetDurableUsers", "x-single", times, true, 10},
		{"5,000 parked requests: p99 of others against none parked", mock, "BenchmarkParkedRequests", "p99-ratio", times, false, 1.2},
		{"sandbox of 100,000 objects: create", sandbox, "BenchmarkASandboxOfAHundredThousandObjects/create", "ns/op", milliseconds, false, 1e6},
		{"sandbox of 100,000 objects: reset", sandbox, "BenchmarkASandboxOfAHundredThousandObjects/reset", "ns/op", milliseconds, false, 1e6},
	}
}

// The rows of the binary.
func ready() row {
	return row{what: "serve: process start to readyz, demo world", unit: milliseconds, budget: 100e6}
}

func idle() row { return row{what: "serve: resident when idle", unit: megabytes, budget: 45e6} }

func size() row { return row{what: "the static binary", unit: megabytes, budget: 30e6} }

// A result is a row with what was measured, in the metric's unit.
type result struct {
	row
	value float64
}

func (r *result) met() bool {
	if r.least {
		return r.value >= r.budget
	}
	return r.value <= r.budget
}

func (r *result) line() string {
	sign, verdict := "<=", "met"
	if r.least {
		sign = ">="
	}
	if !r.met() {
		verdict = "NOT MET"
	}
	return fmt.Sprintf("%s\t%s\t%s %s\t%s", r.what, r.unit.show(r.value), sign, r.unit.show(r.budget), verdict)
}
