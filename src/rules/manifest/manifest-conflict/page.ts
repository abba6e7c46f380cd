import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestConflict = {
  rule: "manifest-conflict",
  confidence: "claim",
  why: [
    "Two tools that read the file in another order see two different plugins. It happens where a library that is linked in brings a manifest of its own, where a step adds a section to a file that had a symbol already, and where one slice of a universal file is of an older build.",
  ],
  found: [
    "All carriers of a file are read and compared as JSON values; the order of keys has no meaning. Slices may differ in `target` and `build_time` only. Both values are shown with their places.",
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
          "A dependency with a `#[no_mangle]` manifest exports it from your library, too: let only the final crate have one.",
        ),
      ],
    },
    {
      language: "c",
      steps: [advise("Build all slices from one source, then join them: lipo -create.")],
    },
  ],
  accept: "Never: nobody can tell which of the two is true.",
  related: ["manifest-unreadable", "claim-toolchain"],
} satisfies RulePage;
