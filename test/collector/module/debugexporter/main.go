// The Collector's own debugexporter as a plugin.
package main

import (
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/debugexporter"
)

// NewFactory is what the host looks up.
func NewFactory() exporter.Factory { return debugexporter.NewFactory() }

func main() {}
