// A Collector that opens Go plugins: what a distribution with core components and a loader looks like.
//
//	host --plugin a.so --plugin b.so [-- components | validate --config=yaml:…]
//
// Prints one line of JSON for each plugin, in order. Arguments after "--" are those of the Collector's own command.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"plugin"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/forwardconnector"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/nopexporter"
	"go.opentelemetry.io/collector/exporter/otlphttpexporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/zpagesextension"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/nopreceiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
)

// answer is what became of one plugin.
type answer struct {
	Path    string `json:"path"`
	Outcome string `json:"outcome"` // loads or refused; a crash ends the process before
	Message string `json:"message,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Type    string `json:"type,omitempty"`
}

func main() {
	paths, rest := arguments(os.Args[1:])
	factories, err := core()
	if err != nil {
		fail(err)
	}
	for _, path := range paths {
		if err := json.NewEncoder(os.Stdout).Encode(open(path, &factories)); err != nil {
			fail(err)
		}
	}
	if len(rest) == 0 {
		return
	}
	command := otelcol.NewCommand(otelcol.CollectorSettings{
		BuildInfo: component.BuildInfo{Command: "host", Description: "Collector with plugins", Version: "1.0.0"},
		Factories: func() (otelcol.Factories, error) { return factories, nil },
		ConfigProviderSettings: otelcol.ConfigProviderSettings{
			ResolverSettings: confmap.ResolverSettings{
				DefaultScheme:     "yaml",
				ProviderFactories: []confmap.ProviderFactory{yamlprovider.NewFactory()},
			},
		},
	})
	command.SetArgs(rest)
	if err := command.Execute(); err != nil {
		os.Exit(1)
	}
}

func open(path string, factories *otelcol.Factories) answer {
	opened, err := plugin.Open(path)
	if err != nil {
		return answer{Path: path, Outcome: "refused", Message: err.Error()}
	}
	symbol, err := opened.Lookup("NewFactory")
	if err != nil {
		return answer{Path: path, Outcome: "loads", Message: err.Error()}
	}
	switch create := symbol.(type) {
	case func() exporter.Factory:
		factory := create()
		factories.Exporters[factory.Type()] = factory
		return answer{Path: path, Outcome: "loads", Kind: "exporter", Type: factory.Type().String()}
	case func() processor.Factory:
		factory := create()
		factories.Processors[factory.Type()] = factory
		return answer{Path: path, Outcome: "loads", Kind: "processor", Type: factory.Type().String()}
	}
	return answer{Path: path, Outcome: "loads", Message: fmt.Sprintf("NewFactory is a %T", symbol)}
}

func core() (otelcol.Factories, error) {
	var failure error
	keep := func(err error) {
		if failure == nil {
			failure = err
		}
	}
	receivers, err := otelcol.MakeFactoryMap[receiver.Factory](nopreceiver.NewFactory(), otlpreceiver.NewFactory())
	keep(err)
	exporters, err := otelcol.MakeFactoryMap[exporter.Factory](nopexporter.NewFactory(), otlphttpexporter.NewFactory())
	keep(err)
	processors, err := otelcol.MakeFactoryMap[processor.Factory]()
	keep(err)
	extensions, err := otelcol.MakeFactoryMap[extension.Factory](zpagesextension.NewFactory())
	keep(err)
	connectors, err := otelcol.MakeFactoryMap[connector.Factory](forwardconnector.NewFactory())
	keep(err)
	return otelcol.Factories{
		Receivers:  receivers,
		Exporters:  exporters,
		Processors: processors,
		Extensions: extensions,
		Connectors: connectors,
		Telemetry:  otelconftelemetry.NewFactory(),
	}, failure
}

// arguments takes the plugins from before "--" and the Collector's own arguments from behind it.
func arguments(all []string) (paths, rest []string) {
	for at := 0; at < len(all); at++ {
		switch {
		case all[at] == "--":
			return paths, all[at+1:]
		case all[at] == "--plugin" && at+1 < len(all):
			at++
			paths = append(paths, all[at])
		default:
			fail(fmt.Errorf("unknown argument %q", all[at]))
		}
	}
	return paths, nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "host:", err)
	os.Exit(1)
}
