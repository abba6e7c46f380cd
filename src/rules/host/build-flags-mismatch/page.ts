import { advise, run, type RulePage } from "../../rule-page.ts";

export const buildFlagsMismatch = {
  rule: "build-flags-mismatch",
  confidence: "strong",
  why: [
    "Go: with `-trimpath` on one side only, every package differs; with `-race`, `-asan` or `-gcflags=all=…`, many do. The loader names only the first package that differs, often one of the standard library, so people look in the wrong place. Without `-trimpath` on both sides, the build folders count too: the same source in a different folder is a different package.",
    "Rust: if one side has `panic=abort` and the other `unwind`, the process ends when the host meant to catch a panic. Target features change how arguments are passed.",
  ],
  found: [
    "The settings in `.go.buildinfo`, and `build_flags` for what is not recorded there; for Rust, the panic strategy as shown by what the library imports. Order and spelling do not matter. Flags that set the kind of file (`-buildmode`, `-o`, `--crate-type`), only affect the linker (`-ldflags`) or stay within a library (`-C opt-level`) are not compared.",
  ],
  example: { plugins: ["batchprocessor"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m HOST | grep build"),
        run("go build -buildmode=plugin -trimpath -o PLUGIN.so ."),
        advise("Use the finding's own command: it has the host's release, flags and variables."),
        advise("Keep the flags of both builds in one GOFLAGS."),
      ],
    },
    {
      language: "rust",
      steps: [
        advise(
          "Set `panic` in the profile of Cargo.toml, and RUSTFLAGS or .cargo/config.toml, as in the host's build.",
        ),
      ],
    },
  ],
  accept:
    "Go: if the loader is predicted to load the plugin, a flag that changes no code, such as a `-tags` that selects no file, may differ. Rust: never for `panic`.",
  related: ["claim-flags", "toolchain-mismatch", "loader-refuses"],
} satisfies RulePage;
