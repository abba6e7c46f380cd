import { advise, run, type RulePage } from "../../rule-page.ts";

export const hostCannotLoadPlugins = {
  rule: "host-cannot-load-plugins",
  confidence: "decisive",
  why: [
    "Without cgo, plugin.Open always answers `plugin: not implemented` before it looks at the file. In a statically linked host, every plugin crashes the process (`no plugin module data`). Collector images are often built with CGO_ENABLED=0, so a host that worked on a developer's machine loads nothing in production.",
  ],
  found: [
    "A host that can load Go plugins exports `go:link.pkghash.…`, `runtime.firstmoduledata` and `runtime.lastmoduledatap`, and names a loader (`PT_INTERP`). If it does not, `CGO_ENABLED` in `.go.buildinfo` and strings of package plugin in read-only data show why.",
    "With `--sysroot`, the libraries that the host itself needs are searched for there as the loader would, so a host that would not start on the target is found too.",
  ],
  example: { plugins: ["debugexporter"], host: "otelcol-no-cgo" },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m HOST | grep CGO_ENABLED"),
        run("CGO_ENABLED=1 go build -trimpath -o HOST ."),
        advise(
          "For a Collector built with ocb: set `cgo_enabled: true` under `dist`, and link a component that imports package plugin.",
        ),
        advise("Remove -linkmode=internal: Go's own linker does not export the symbols that plugins need."),
        advise("Remove -extldflags=-static, and use a base image that has the C library."),
      ],
    },
    {
      language: "rust",
      steps: [advise("For musl: -C target-feature=-crt-static; a static executable has no loader.")],
    },
  ],
  accept: "Never: no plugin of this kind can be loaded.",
  related: ["loader-crashes", "loader-refuses"],
} satisfies RulePage;
