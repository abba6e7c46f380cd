import { ruleIds, rules } from "../../rules/registry.ts";
import { didYouMean } from "../suggestion.ts";
import type { ConfigBreach } from "./document.ts";
import type { SomeSettings } from "./settings.ts";

const known: ReadonlySet<string> = new Set(ruleIds);

/** What is about suppressions cannot be suppressed, or a list of them could hide its own faults. */
const aboutSuppressions: ReadonlySet<string> = new Set(ruleIds.filter((id) => rules[id].group === "policy"));

/** Rule names that there are not: the schema leaves them to the program, so that it is right for every version of it. */
export function ruleBreaches({ severities = {}, suppressions = [] }: SomeSettings): readonly ConfigBreach[] {
  return [
    ...Object.keys(severities).flatMap((rule) =>
      known.has(rule) ? [] : [{ pointer: "/severities", key: rule, ...unknownRule(rule) }],
    ),
    ...suppressions.flatMap(({ rule }, at) => {
      const pointer = `/suppressions/${at}/rule`;
      if (!known.has(rule)) return [{ pointer, ...unknownRule(rule) }];
      if (!aboutSuppressions.has(rule)) return [];
      return [{ pointer, message: `${rule} cannot be suppressed`, hints: [`severities can lower it.`] }];
    }),
  ];
}

function unknownRule(rule: string): Pick<ConfigBreach, "message" | "hints"> {
  return { message: `unknown rule ${rule}`, hints: didYouMean(rule, ruleIds) };
}
