import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestInvalid = {
  rule: "manifest-invalid",
  confidence: "claim",
  why: [
    "A manifest with an invalid field is not compared at all; otherwise a meaningless field could count as a match. A duplicate key is ambiguous: which value counts depends on who reads it.",
  ],
  found: [
    "The JSON is validated against `schemas/manifest.schema.json`. Duplicate keys in an object, and `__proto__`, are rejected too. There is one finding per field, with its JSON pointer, what was found and what was expected; required fields that are missing are listed in one.",
  ],
  example: { plugins: ["manifest-wrong-types"] },
  fix: [
    {
      language: "any",
      steps: [
        advise("Correct the field as the finding says; docs/manifest.md describes each field."),
        run("plugins inspect PLUGIN.so --field manifest.value"),
        advise(
          "Check manifest.json against schemas/manifest.schema.json in the build, before it is embedded.",
        ),
      ],
    },
    {
      language: "go",
      steps: [run("go version -m PLUGIN.so"), advise("`dependency_hashes` are the `h1:` sums this prints.")],
    },
    {
      language: "rust",
      steps: [
        run("rustc --version --verbose"),
        advise(
          "`dependency_hashes` are the checksums of Cargo.lock, `target` is the `host:` line, or the value of --target.",
        ),
      ],
    },
  ],
  accept: "Never: fix the manifest, or remove it and rely on the compiler's stamps.",
  related: ["manifest-unknown-field", "manifest-newer-schema", "manifest-unreadable"],
} satisfies RulePage;
