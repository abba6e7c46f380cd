import { advise, run, type RulePage } from "../../rule-page.ts";

export const targetMismatch = {
  rule: "target-mismatch",
  confidence: "decisive",
  why: [
    "glibc skips a file for a different machine and then reports `cannot open shared object file: No such file or directory` for a file that clearly exists. Other combinations fail with `invalid ELF header` or, for a musl plugin in a glibc host, name an unrelated library. musl itself checks nothing: it maps the foreign code and jumps into it.",
  ],
  found: [
    "Machine and format come from the header; OS and C library from the linked libraries, `PT_INTERP`, notes and `LC_BUILD_VERSION`; the rest from the manifest's `target`. In a universal file, the slice for the host's architecture is compared. What neither tells is unknown, not a mismatch.",
  ],
  example: { plugins: ["filterprocessor"] },
  fix: [
    {
      language: "go",
      steps: [
        run(
          "CGO_ENABLED=1 GOOS=linux GOARCH=arm64 CC=aarch64-linux-gnu-gcc go build -buildmode=plugin -trimpath -o PLUGIN.so .",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        run("rustup target add aarch64-unknown-linux-gnu"),
        run("cargo build --release --target aarch64-unknown-linux-gnu"),
      ],
    },
    {
      language: "c",
      steps: [advise("Use a cross compiler, or compile in a container with the host's image and platform.")],
    },
  ],
  accept: "Never: the loader rejects it, or loads it and crashes.",
  related: ["claim-target", "loader-refuses"],
} satisfies RulePage;
