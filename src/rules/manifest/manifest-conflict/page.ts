import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestConflict = {
  rule: "manifest-conflict",
  confidence: "claim",
  why: [
    "Two tools that read the file in a different order see two different plugins. It happens when a linked library brings its own manifest, when a build step adds a section to a file that already had a symbol, or when one slice of a universal file comes from an older build.",
  ],
  found: [
    "All carriers of a file are read and compared as JSON values; the order of keys does not matter. Slices may only differ in `target` and `build_time`. Both values are shown with where they were found.",
  ],
  example: { plugins: ["manifest-conflict"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins inspect PLUGIN.so --json"),
        advise(
          "Keep one carrier. The section is read first, then dynamic symbols, static symbols and Go's build info.",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        advise(
          "A dependency with a `#[no_mangle]` manifest exports it from your library too: only the final crate should have one.",
        ),
      ],
    },
    {
      language: "c",
      steps: [advise("Build all slices from the same source, then join them: lipo -create.")],
    },
  ],
  accept: "Never: nobody can tell which of the two is true.",
  related: ["manifest-unreadable", "claim-toolchain"],
} satisfies RulePage;
