import { advise, run, type RulePage } from "../../rule-page.ts";

export const loaderCrashes = {
  rule: "loader-crashes",
  confidence: "decisive",
  why: [
    "The host gets no error: its process dies with all its pipelines, and again after each restart. A truncated file kills it with SIGBUS; a library that is not a Go plugin, or a plugin from a different Go release, with `fatal error: runtime: no plugin module data`.",
  ],
  found: [
    "Segments that extend past the end of the file. For a file that plugin.Open is to open: whether it registers with the host's runtime (a relocation of `runtime.lastmoduledatap`), and whether `runtime.firstmoduledata`, whose size changes between Go releases, has the same size as the host's.",
  ],
  example: { plugins: ["filelogreceiver"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins inspect PLUGIN.so"),
        advise(
          "If the file is truncated, rebuild or re-copy it. Write to a new name and rename it; never overwrite a file that a host has loaded.",
        ),
      ],
    },
    {
      language: "go",
      steps: [
        run("go version HOST PLUGIN.so"),
        run("GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o PLUGIN.so ."),
        advise("Remove -asan: AddressSanitizer aborts a process if it is loaded late or twice."),
        advise("-buildmode=c-shared does not produce a plugin, and -Wl,-Bsymbolic breaks one."),
      ],
    },
  ],
  accept: "Never: it crashes the host.",
  related: ["loader-refuses", "host-cannot-load-plugins", "toolchain-mismatch"],
} satisfies RulePage;
