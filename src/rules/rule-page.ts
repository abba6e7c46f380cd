import type { Fix } from "../loader/fix.ts";
import type { RuleId } from "./finding.ts";

/** What a rule's documentation says. The screen of `plugins explain` and docs/rules are both made from it. */
export interface RulePage {
  readonly group: RuleGroup;
  /** What a finding says, in a few words. */
  readonly says: string;
  /** The rule's severity, and in which cases its findings have another one. */
  readonly severity: string;
  readonly confidence: Confidence;
  /** What goes wrong in production; a paragraph each. */
  readonly why: readonly string[];
  /** What is read and how it is compared; a paragraph each. */
  readonly found: readonly string[];
  readonly fix: readonly FixSteps[];
  /** When a finding may be let pass. */
  readonly accept: string;
  readonly related: readonly RuleId[];
}

export type RuleGroup = keyof typeof ruleGroups;

/** In the order of the index. */
export const ruleGroups = {
  manifest: "The manifest itself",
  claim: "Claim against the binary",
  host: "Plugin against host",
  loader: "What the loader will say",
  set: "The set",
  policy: "The policy",
} as const;

export type Confidence = keyof typeof confidences;

/** What a finding rests on. */
export const confidences = {
  decisive: "the loader itself decides by it",
  strong: "a compiler or linker wrote it",
  claim: "a manifest says so",
  request: "the request, or a file of yours, says so",
} as const;

/** What to do, for everyone or for those who write in one language. */
export interface FixSteps {
  readonly language: "any" | "go" | "rust" | "c";
  readonly steps: readonly Fix[];
}

export function run(command: string): Fix {
  return { kind: "command", run: command };
}

export function advise(text: string): Fix {
  return { kind: "advice", text };
}
