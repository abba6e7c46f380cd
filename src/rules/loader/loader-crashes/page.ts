import { advise, run, type RulePage } from "../../rule-page.ts";

export const loaderCrashes = {
  rule: "loader-crashes",
  confidence: "decisive",
  why: [
    "No error reaches the host: its process ends, with all pipelines in it, and again on each restart. A file that is cut off ends it by SIGBUS; a library that is no Go plugin, or a plugin of another Go release, by `fatal error: runtime: no plugin module data`.",
  ],
  found: [
    "Segments that reach beyond the file's end. Of a file that plugin.Open is to open: whether it registers with the host's runtime (a relocation of `runtime.lastmoduledatap`), and whether the size of `runtime.firstmoduledata` is the host's, which changes with Go releases.",
  ],
  example: { plugins: ["filelogreceiver"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins inspect PLUGIN.so"),
        advise(
          "Of a file that is cut off: copy or rebuild it, and write to a new name that is then renamed; never write over a file that a host has loaded.",
        ),
      ],
    },
    {
      language: "go",
      steps: [
        run("go version HOST PLUGIN.so"),
        run("GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o PLUGIN.so ."),
        advise("Leave out -asan: AddressSanitizer ends a process that it is loaded into late, or twice."),
        advise("-buildmode=c-shared makes no plugin, and -Wl,-Bsymbolic breaks one."),
      ],
    },
  ],
  accept: "Never: it takes the host down.",
  related: ["loader-refuses", "host-cannot-load-plugins", "toolchain-mismatch"],
} satisfies RulePage;
