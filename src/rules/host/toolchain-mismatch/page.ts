import { advise, run, type RulePage } from "../../rule-page.ts";

export const toolchainMismatch = {
  rule: "toolchain-mismatch",
  confidence: "strong",
  why: [
    "Go: every package of the standard library has a different hash, so plugin.Open rejects the plugin and names `internal/goarch` or the like. If the two releases differ in the size of their module data (1.25 and 1.26 do), there is not even an error: the host's process dies with `no plugin module data`.",
    "Rust: nothing rejects it. Each rustc release may lay out types differently, so a `String` or a trait object that crosses the plugin boundary is misread: a crash later, or silently wrong data.",
  ],
  found: [
    "`toolchain_version` of both sides is compared; if the compiler left its own stamp (`.go.buildinfo`, `.comment`, `/rustc/<commit>` in read-only data), the stamp counts. Stable releases are compared by release; nightly, beta and development builds by commit as well. If one side has no commit, the result is unknown, not a match.",
    "If a Go plugin has no build info (before Go 1.21), the layout of its module data narrows it down to a range of releases; a host outside that range is a mismatch.",
  ],
  example: { plugins: ["kafkaexporter"] },
  fix: [
    {
      language: "any",
      steps: [advise("Fix this first: most other differences disappear with it.")],
    },
    {
      language: "go",
      steps: [
        run("go version -m HOST"),
        run("GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o PLUGIN.so ."),
        advise(
          "Use the finding's own command: it has the host's release, flags and variables. If go.mod asks for a newer Go, it lowers that line first.",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        run("rustup toolchain install 1.95.0"),
        run("cargo +1.95.0 build --release"),
        advise("Pin it in rust-toolchain.toml."),
      ],
    },
  ],
  accept:
    "Go: never, the loader rejects it. Rust: only if nothing but `#[repr(C)]` types and C functions cross the plugin boundary, and then with a documented reason.",
  related: ["dependency-mismatch", "build-flags-mismatch", "claim-toolchain", "loader-refuses"],
} satisfies RulePage;
