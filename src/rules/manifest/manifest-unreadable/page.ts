import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestUnreadable = {
  rule: "manifest-unreadable",
  confidence: "claim",
  why: [
    "Someone meant the file to say how it was built, but it does not. Usually a build step failed silently: a template was not filled in, or an empty or wrong file was embedded. What is shipped is then unknown, and the next release will have the same problem.",
  ],
  found: [
    "The carrier's bytes are read as they are in the file; nothing is executed. They must be one JSON text in UTF-8 of at most 1 MiB and 64 levels, surrounded by nothing but NULs and white space: too large, truncated and with trailing bytes are all errors. The finding names the carrier, the reason and the offset in the file.",
    "A symbol that is a function, thread-local, absolute or in another library is rejected; so is one in zero-filled memory, and a pointer outside the file.",
  ],
  example: { plugins: ["manifest-cut-off"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins inspect PLUGIN.so --field manifest"),
        run("objcopy --dump-section .otel_manifest=manifest.json PLUGIN.so /dev/null"),
        advise("Embed data, not a function that returns it, and check the JSON before it is embedded."),
      ],
    },
    {
      language: "go",
      steps: [
        advise(
          "`//go:embed` embeds the file as it is: write it before `go build` runs, without a byte order mark.",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        advise(
          '`*include_bytes!("manifest.json")` embeds the file as it is; a build script must write it first.',
        ),
      ],
    },
    {
      language: "c",
      steps: [
        advise("Only one linked object may have the section: linkers join sections with the same name."),
      ],
    },
  ],
  accept:
    "Never as an error. As a warning, if the other carrier is the intended one; still, remove the broken one.",
  related: ["manifest-invalid", "manifest-conflict", "manifest-missing"],
} satisfies RulePage;
