// The Collector's own batchprocessor as a plugin.
package main

import (
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"
)

// NewFactory is what the host looks up.
func NewFactory() processor.Factory { return batchprocessor.NewFactory() }

func main() {}
