import { advise, run, type RulePage } from "../../rule-page.ts";

export const buildFlagsMismatch = {
  rule: "build-flags-mismatch",
  confidence: "strong",
  why: [
    "Go: with `-trimpath` on one side only, every package differs, and with `-race`, `-asan` or `-gcflags=all=…` many do; the loader then names a package of the standard library, which leads people to look in the wrong place. Without `-trimpath` on both sides the folders that were built in count, too: the same source in another folder is another package.",
    "Rust: `panic=abort` against `unwind` ends the process where the host meant to catch a panic; target features change how arguments are passed.",
  ],
  found: [
    "The settings of `.go.buildinfo`, and `build_flags` for what is not recorded there; of Rust the panic strategy by what the library imports. Order and spelling have no meaning. Flags that give a file its role (`-buildmode`, `-o`, `--crate-type`), reach only the linker (`-ldflags`) or stay within a library (`-C opt-level`) are not compared.",
  ],
  example: { plugins: ["batchprocessor"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m HOST | grep build"),
        run("go build -buildmode=plugin -trimpath -o PLUGIN.so ."),
        advise("Keep the flags of both builds in one GOFLAGS."),
      ],
    },
    {
      language: "rust",
      steps: [
        advise(
          "Set `panic` in the profile of Cargo.toml, and RUSTFLAGS or .cargo/config.toml, as the host's build has them.",
        ),
      ],
    },
  ],
  accept:
    "Go: where the loader is predicted to load it, a flag such as `-tags` that selects no file may differ. Rust: never for `panic`.",
  related: ["claim-flags", "toolchain-mismatch", "loader-refuses"],
} satisfies RulePage;
