import type { RuleId, Severity } from "../../rules/finding.ts";
import { ruleIds, rules } from "../../rules/registry.ts";
import { didYouMean, unknownWord } from "../suggestion.ts";
import type { ConfigBreach } from "./document.ts";
import type { SomeSettings } from "./settings.ts";

const known: ReadonlySet<string> = new Set(ruleIds);

/** Findings about suppressions cannot be suppressed, or a list of suppressions could hide its own mistakes. */
const aboutSuppressions: ReadonlySet<string> = new Set(ruleIds.filter((id) => rules[id].group === "policy"));

/** Unknown rule names. The schema does not list the rules, so that it stays valid for every version of the program. */
export function ruleBreaches({ severities = {}, suppressions = [] }: SomeSettings): readonly ConfigBreach[] {
  return [
    ...Object.keys(severities).flatMap((rule) =>
      known.has(rule) ? [] : [{ pointer: "/severities", key: rule, ...unknownRule(rule) }],
    ),
    ...suppressions.flatMap(({ rule }, at) => {
      const pointer = `/suppressions/${at}/rule`;
      if (!known.has(rule)) return [{ pointer, ...unknownRule(rule) }];
      if (!aboutSuppressions.has(rule)) return [];
      return [
        { pointer, message: `${rule} cannot be suppressed`, hints: ["Lower it with `severities` instead."] },
      ];
    }),
  ];
}

/** @throws UsageError if `--severity` names a rule that there is not. */
export function checkRuleNames(severities: NonNullable<SomeSettings["severities"]>): void {
  for (const rule of Object.keys(severities)) {
    if (known.has(rule)) continue;
    throw unknownWord(`--severity: unknown rule ${rule}`, rule, ruleIds, [
      "`plugins explain` lists the rules.",
    ]);
  }
}

/** The severity of the rule's findings, if nothing else is said. */
export function severityOf(rule: RuleId): Severity {
  return rules[rule].severity;
}

function unknownRule(rule: string): Pick<ConfigBreach, "message" | "hints"> {
  return { message: `unknown rule ${rule}`, hints: didYouMean(rule, ruleIds) };
}
