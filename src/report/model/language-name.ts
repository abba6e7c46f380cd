import { languages } from "../../language/languages.ts";
import type { FixSteps } from "../../rules/rule-page.ts";

/** The language of a rule page's fix as people write it; empty if its steps are for any. */
export function languageName(language: FixSteps["language"]): string {
  switch (language) {
    case "any":
      return "";
    // No language of manifests: the pages show how to embed a manifest in it.
    case "c":
      return "C";
    default:
      return languages[language].name;
  }
}
