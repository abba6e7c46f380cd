package main

// #include "otel_manifest.h"
// OTEL_MANIFEST_FILE("otel_manifest.json")
import "C"

import _ "embed"

// Behind the -- stands what `go build` gets.
//go:generate plugins manifest --output otel_manifest.json . -- -buildmode=plugin -trimpath

// The section holds the manifest. This tells the go command that the file is part of the package, so that a new one is built in.
//
//go:embed otel_manifest.json
var _ string
