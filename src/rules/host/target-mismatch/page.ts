import { advise, run, type RulePage } from "../../rule-page.ts";

export const targetMismatch = {
  rule: "target-mismatch",
  confidence: "decisive",
  why: [
    "glibc passes over a file for another machine and then says `cannot open shared object file: No such file or directory`, of a file that is plainly there. Other pairs say `invalid ELF header`, or, musl in glibc, name a library that has nothing to do with it. musl itself checks nothing: it maps the foreign code and jumps into it.",
  ],
  found: [
    "The header's machine and format; OS and C library by the libraries that are linked, `PT_INTERP`, notes and `LC_BUILD_VERSION`; the manifest's `target` for what these do not say. Of a universal file the slice for the host's architecture is taken. What neither side says is unknown, not different.",
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
      steps: [advise("Compile with the cross compiler, or in a container of the host's image and platform.")],
    },
  ],
  accept: "Never: the loader does not take it, or takes it and crashes.",
  related: ["claim-target", "loader-refuses"],
} satisfies RulePage;
