// Contrib's receiver for Prometheus, as a plugin.
package main

import (
	"github.com/open-telemetry/opentelemetry-collector-contrib/receiver/prometheusreceiver"
	"go.opentelemetry.io/collector/receiver"
)

// NewFactory creates the factory of the receiver.
func NewFactory() receiver.Factory { return prometheusreceiver.NewFactory() }

func main() {}
