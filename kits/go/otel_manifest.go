package main

import _ "embed"

// Behind the -- stands what `go build` gets.
//go:generate plugins manifest --output otel_manifest.json . -- -buildmode=plugin -trimpath

// PluginManifest describes this build. `plugins` finds it by its name; plugins and hosts both may have it.
//
//go:embed otel_manifest.json
var PluginManifest string

// The linker drops a variable of a program that nothing uses, and `_ = PluginManifest` is not a use.
func init() { keepPluginManifest(&PluginManifest) }

//go:noinline
func keepPluginManifest(*string) {}
