import { advise, run, type RulePage } from "../../rule-page.ts";

export const hostCannotLoadPlugins = {
  rule: "host-cannot-load-plugins",
  confidence: "decisive",
  why: [
    "Without cgo every plugin.Open answers `plugin: not implemented`, before it looks at the file. In a static host each plugin ends the process (`no plugin module data`). Images of Collectors are often built with CGO_ENABLED=0, so that a host that worked on a developer's machine loads nothing in production.",
  ],
  found: [
    "A host that can load Go plugins exports `go:link.pkghash.…`, `runtime.firstmoduledata` and `runtime.lastmoduledatap`, and names a loader (`PT_INTERP`). Where it does not, `CGO_ENABLED` in `.go.buildinfo` and package plugin's own words in read-only data tell why.",
    "With `--sysroot`, the libraries that the host itself needs are looked for there as the loader would.",
  ],
  example: { plugins: ["debugexporter"], host: "otelcol-no-cgo" },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m HOST | grep CGO_ENABLED"),
        run("CGO_ENABLED=1 go build -trimpath -o HOST ."),
        advise(
          "Of a Collector from ocb: set `cgo_enabled: true` under `dist`, and link a component that imports package plugin.",
        ),
        advise("Leave out -linkmode=internal: Go's own linker does not export what plugins look for."),
        advise("Leave out -extldflags=-static, and base the image on one with the C library."),
      ],
    },
    {
      language: "rust",
      steps: [advise("For musl: -C target-feature=-crt-static; a static program has no loader.")],
    },
  ],
  accept: "Never: no plugin of this kind can be loaded.",
  related: ["loader-crashes", "loader-refuses"],
} satisfies RulePage;
