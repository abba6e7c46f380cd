// The Collector's own memorylimiterprocessor as a plugin.
package main

import (
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/memorylimiterprocessor"
)

// NewFactory is what the host looks up.
func NewFactory() processor.Factory { return memorylimiterprocessor.NewFactory() }

func main() {}
