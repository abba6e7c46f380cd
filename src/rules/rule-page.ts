import type { Fix } from "../language/fix.ts";
import type { Language } from "../language/language-facts.ts";
import type { Suppression } from "./policy/policy.ts";
import type { RuleId } from "./registry.ts";

/** What a rule's documentation says. The screen of `plugins explain` and docs/rules are both made from it. */
export interface RulePage {
  /** The rule it documents. Type-checked, so that the page of a rule that is not registered does not compile. */
  readonly rule: RuleId;
  readonly confidence: Confidence;
  /** What goes wrong in production; a paragraph each. */
  readonly why: readonly string[];
  /** What is read and how it is compared; a paragraph each. */
  readonly found: readonly string[];
  readonly example: RuleExample;
  readonly fix: readonly FixSteps[];
  /** When a finding may be accepted. */
  readonly accept: string;
  readonly related: readonly RuleId[];
}

/** A check that shows the rule's findings in docs/rules. Plugins and host are named as in the compatibility set of fixtures/. */
export interface RuleExample {
  readonly plugins: readonly string[];
  /** `otelcol` if absent. */
  readonly host?: string;
  /** Names for `--expect`. */
  readonly expect?: readonly string[];
  readonly suppressions?: readonly Suppression[];
  /** The plugin whose content is in the plugins' places when the set is locked, before the check. */
  readonly lockedAs?: string;
  /** The plugin whose manifest stands for what the sources say. */
  readonly sourcesOf?: string;
}

export type Confidence = keyof typeof confidences;

/** What a finding rests on. */
export const confidences = {
  decisive: "the loader itself decides by it",
  strong: "a compiler or linker wrote it",
  claim: "a manifest says so",
  request: "the request, or a file of yours, says so",
} as const;

/** What to do, for everyone or for one language. */
export interface FixSteps {
  readonly language: "any" | Language | "c";
  readonly steps: readonly Fix[];
}

export { advise, run } from "../language/fix.ts";
