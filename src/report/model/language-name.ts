import { languages } from "../../language/languages.ts";
import type { FixSteps } from "../../rules/rule-page.ts";

/** Languages of a rule page's fixes as people write them; empty if a step is for any of them. */
export const languageNames = {
  any: "",
  go: languages.go.name,
  rust: languages.rust.name,
  c: "C",
} as const satisfies Record<FixSteps["language"], string>;
