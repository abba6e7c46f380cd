import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestUnreadable = {
  rule: "manifest-unreadable",
  confidence: "claim",
  why: [
    "Somebody meant the file to say how it was built, and it does not. Most often a build step broke silently: a template was not filled in, a file was embedded empty, or the wrong file was. What is shipped is then not known, and the next release has the same fault.",
  ],
  found: [
    "The carrier's bytes are read as they are in the file; nothing is run. They must be one JSON text in UTF-8, of at most 1 MiB and 64 levels, with nothing but NULs and white space around it. The finding names the carrier, the reason and the offset in the file.",
    "A symbol that is a function, thread-local, absolute or in another library is refused, and so is one in memory that the file does not fill.",
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
          "`//go:embed` takes the file as it is: write it before `go build` runs, without a byte order mark.",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        advise(
          '`*include_bytes!("manifest.json")` takes the file as it is; a build script must write it first.',
        ),
      ],
    },
    {
      language: "c",
      steps: [advise("Link one object with the section only: linkers join sections of one name.")],
    },
  ],
  accept:
    "Never as an error. As a warning, where the other carrier is the one you mean: remove the broken one all the same.",
  related: ["manifest-invalid", "manifest-conflict", "manifest-missing"],
} satisfies RulePage;
