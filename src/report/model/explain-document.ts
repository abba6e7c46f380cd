import type { ErrorExplanation, RuleExplanation, RuleLine } from "../../check/explain/explain.ts";
import { schemaVersion } from "./document.ts";
import type { Tool } from "./tool.ts";
import { exitCodes } from "../../check/model/exit-code.ts";

/** What `plugins explain` was asked for. */
export type Explanation =
  | { readonly topic: "rules"; readonly rules: readonly RuleLine[] }
  | { readonly topic: "rule"; readonly rule: RuleExplanation }
  | {
      readonly topic: "error";
      readonly error: ErrorExplanation;
      /** The other messages of the same text. */
      readonly further: readonly ErrorExplanation[];
    };

/** The JSON document of `explain` (schemas/explain.schema.json). */
export type ExplainDocument = {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "explain";
  readonly topic: Explanation["topic"];
  readonly exitCode: 0;
} & (
  | { readonly rules: readonly RuleLine[] }
  | { readonly rule: RuleExplanation }
  | { readonly explanation: ErrorExplanation; readonly further: readonly ErrorExplanation[] }
);

/** `error` means in every document that the tool could not do its job: what is explained has another name. */
export function explainDocument(explained: Explanation, tool: Tool): ExplainDocument {
  const head = { schemaVersion, tool, command: "explain", topic: explained.topic } as const;
  const exitCode = exitCodes.ok.code;
  switch (explained.topic) {
    case "rules":
      return { ...head, rules: explained.rules, exitCode };
    case "rule":
      return { ...head, rule: explained.rule, exitCode };
    case "error":
      return { ...head, explanation: explained.error, further: explained.further, exitCode };
  }
}
