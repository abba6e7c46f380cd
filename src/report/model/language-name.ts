import type { FixSteps } from "../../rules/rule-page.ts";

/** Languages of a rule page's fixes as people write them; empty if a step is for any of them. */
export const languageNames = {
  any: "",
  go: "Go",
  rust: "Rust",
  c: "C",
} as const satisfies Record<FixSteps["language"], string>;
