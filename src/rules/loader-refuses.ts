import type { ComparisonRule } from "./rule.ts";

/** So far only what any loader refuses by the file's type: an executable or object file given as a plugin. */
export const loaderRefuses = {
  id: "loader-refuses",
  title: "the loader refuses the file",
  severity: "error",
  evaluate: ({ plugin: { slice } }) => {
    if (slice.kind === "shared-library" || slice.kind === "bundle") return { findings: [] };
    const what = slice.kind === "other" ? "file of another type" : `${slice.kind} file`;
    return {
      findings: [
        {
          message: `is no shared library but ${/^[aeiou]/.test(what) ? "an" : "a"} ${what}, which no loader opens as a plugin`,
          plugin: { value: slice.kind, from: slice.format === "elf" ? "e_type" : "filetype" },
          fix: [
            {
              kind: "advice",
              text: 'Build it with -buildmode=plugin (Go) or crate-type = ["cdylib"] (Rust).',
            },
          ],
        },
      ],
    };
  },
} satisfies ComparisonRule;
