import { severities, type RuleId } from "../../rules/finding.ts";
import type { PolicySeverity } from "../../rules/policy/policy.ts";
import { unknownWord } from "../suggestion.ts";

const levels: readonly PolicySeverity[] = [...severities, "off"];

/**
 * `RULE=LEVEL`, several times; of one rule the last counts. undefined if there are none. Whether there are such rules is not looked at:
 * their registry is only loaded for a check.
 * @throws UsageError for anything else.
 */
export function severitiesIn(
  texts: readonly string[] | undefined,
): Readonly<Partial<Record<RuleId, PolicySeverity>>> | undefined {
  return texts === undefined ? undefined : Object.fromEntries(texts.map(severityIn));
}

function severityIn(text: string): readonly [string, PolicySeverity] {
  const [rule = "", word = "", ...rest] = text.split("=").map((part) => part.trim());
  const level = levels.find((each) => each === word);
  if (rule !== "" && level !== undefined && rest.length === 0) return [rule, level];
  throw unknownWord(
    `--severity ${text}: expected RULE=LEVEL, with a level of ${levels.join(", ")}`,
    word,
    levels,
    ["Example: --severity build-profile-mismatch=warning"],
  );
}
