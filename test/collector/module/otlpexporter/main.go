// The Collector's own otlpexporter as a plugin.
package main

import (
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/otlpexporter"
)

// NewFactory is what the host looks up.
func NewFactory() exporter.Factory { return otlpexporter.NewFactory() }

func main() {}
