package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"plugin"

	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/receiver"
)

// answer is what became of one plugin.
type answer struct {
	Outcome string `json:"outcome"` // loads or refused; a crash ends the process before
	Message string `json:"message,omitempty"`
	Type    string `json:"type,omitempty"`
}

// With OPEN_PLUGINS, a list of paths, the Collector opens them and says what became of each on a line of JSON. This
// file is not ocb's: its Collector opens none.
func init() {
	paths, isAsked := os.LookupEnv("OPEN_PLUGINS")
	if !isAsked {
		return
	}
	for _, path := range filepath.SplitList(paths) {
		if err := json.NewEncoder(os.Stdout).Encode(open(path)); err != nil {
			panic(err)
		}
	}
	os.Exit(0)
}

func open(path string) answer {
	opened, err := plugin.Open(path)
	if err != nil {
		return answer{Outcome: "refused", Message: err.Error()}
	}
	symbol, err := opened.Lookup("NewFactory")
	if err != nil {
		return answer{Outcome: "loads", Message: err.Error()}
	}
	switch create := symbol.(type) {
	case func() exporter.Factory:
		return answer{Outcome: "loads", Type: create().Type().String()}
	case func() receiver.Factory:
		return answer{Outcome: "loads", Type: create().Type().String()}
	}
	return answer{Outcome: "loads", Message: fmt.Sprintf("NewFactory is a %T", symbol)}
}
