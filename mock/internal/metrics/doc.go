// Package metrics counts what the server does, in the form that Prometheus reads.
package metrics

import "github.com/prometheus/client_golang/prometheus"

var _ = prometheus.NewRegistry
