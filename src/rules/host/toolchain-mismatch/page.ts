import { advise, run, type RulePage } from "../../rule-page.ts";

export const toolchainMismatch = {
  rule: "toolchain-mismatch",
  confidence: "strong",
  why: [
    "Go: every package of the standard library has another hash, and plugin.Open refuses the plugin, naming `internal/goarch` or the like. Where the releases differ in the size of their module data (1.25 and 1.26 do), it comes to no refusal: the host's process dies with `no plugin module data`.",
    "Rust: nothing refuses anything. rustc lays types out again in each release, and a `String` or a trait object that crosses the border is read wrongly: a crash later, or data that is silently wrong.",
  ],
  found: [
    "`toolchain_version` of both sides; where the compiler left its own stamp (`.go.buildinfo`, `.comment`, `/rustc/<commit>` in read-only data), the stamp counts. Stable releases are compared by release, nightly, beta and development builds by commit, too. A commit that one side does not give is unknown, never equal.",
    "Of a Go plugin without build info (before Go 1.21) the shape of its module data tells a range of releases; a host outside of it is a mismatch.",
  ],
  example: { plugins: ["kafkaexporter"] },
  fix: [
    {
      language: "any",
      steps: [advise("Fix this first: most other differences go away with it.")],
    },
    {
      language: "go",
      steps: [
        run("go version HOST"),
        run("GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o PLUGIN.so ."),
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
    "Go: never, the loader refuses it. Rust: only where nothing but `#[repr(C)]` types and C functions cross the border, and then with a reason written down.",
  related: ["dependency-mismatch", "build-flags-mismatch", "claim-toolchain", "loader-refuses"],
} satisfies RulePage;
