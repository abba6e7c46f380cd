import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestInvalid = {
  rule: "manifest-invalid",
  confidence: "claim",
  why: [
    "A manifest with a broken field is not compared at all: a field that means nothing would otherwise count as one that fits. A key that stands twice has two meanings, and which of them counts depends on who reads it.",
  ],
  found: [
    "The JSON is held against `schemas/manifest.schema.json`. Keys that stand twice in one object, and `__proto__`, are refused, too. There is one finding for each field, with its JSON pointer.",
  ],
  example: { plugins: ["manifest-wrong-types"] },
  fix: [
    {
      language: "any",
      steps: [
        advise("Write the field as the finding says; docs/manifest.md describes each of them."),
        run("plugins inspect PLUGIN.so --field manifest.value"),
        advise(
          "Check manifest.json against schemas/manifest.schema.json in the build, before it is embedded.",
        ),
      ],
    },
    {
      language: "go",
      steps: [
        run("go version -m PLUGIN.so"),
        advise("`dependency_hashes` are the `h1:` sums that this prints."),
      ],
    },
    {
      language: "rust",
      steps: [
        run("rustc --version --verbose"),
        advise(
          "`dependency_hashes` are the checksums of Cargo.lock, `target` is the `host:` line or what --target said.",
        ),
      ],
    },
  ],
  accept: "Never: fix the manifest, or take it out and let the compiler's stamps speak.",
  related: ["manifest-unknown-field", "manifest-newer-schema", "manifest-unreadable"],
} satisfies RulePage;
