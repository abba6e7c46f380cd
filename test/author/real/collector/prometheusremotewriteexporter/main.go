// Contrib's exporter for Prometheus remote write, as a plugin.
package main

import (
	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusremotewriteexporter"
	"go.opentelemetry.io/collector/exporter"
)

// NewFactory creates the factory of the exporter.
func NewFactory() exporter.Factory { return prometheusremotewriteexporter.NewFactory() }

func main() {}
