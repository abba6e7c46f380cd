import type { RuleId, Severity } from "../../rules/finding.ts";
import { rulePages } from "../../rules/generated/pages.ts";
import { rules } from "../../rules/registry.ts";
import { objectFormats } from "../../object/object-file.ts";
import { languageName } from "./language-name.ts";
import { pageHeadings } from "./page-heading.ts";
import { fixText, sentence } from "./problem-text.ts";

/** `ELF or Mach-O`. */
const anyFormat = Object.values(objectFormats)
  .map(({ name }) => name)
  .join(" or ");

/** Verdicts that are not findings of a rule. They have ids of their own for formats that know only rules. */
export const verdictRules = {
  "plugin-unreadable": {
    title: `the file could not be read as ${anyFormat}`,
    severity: "error",
    help: "The message says what is wrong with the file, and at which offset. Rebuild the file, or remove it from the folder.",
  },
  "plugin-unknown": {
    title: "not enough information to tell whether the plugin is compatible",
    severity: "error",
    help: "The message says what is unknown and how to make it known. `--allow-unknown` accepts such plugins.",
  },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly severity: Severity; readonly help: string }>
>;

export type ProblemRule = RuleId | keyof typeof verdictRules;

/** What a rule says in a few words, and how severe its findings are unless one of them or the policy says otherwise. */
export function ruleMeta(rule: ProblemRule): { readonly title: string; readonly severity: Severity } {
  return isVerdictRule(rule) ? verdictRules[rule] : rules[rule];
}

export function isVerdictRule(rule: ProblemRule): rule is keyof typeof verdictRules {
  return Object.hasOwn(verdictRules, rule);
}

/** What a viewer shows next to a result, made from the rule's page. */
export interface RuleHelp {
  readonly full: string;
  readonly text: string;
  readonly markdown: string;
}

export function ruleHelp(rule: ProblemRule): RuleHelp {
  const full = sentence(ruleMeta(rule).title);
  if (isVerdictRule(rule)) {
    const { help } = verdictRules[rule];
    return { full, text: help, markdown: `**${rule}**: ${full}\n\n${help}` };
  }
  const { why, found, fix, accept } = rulePages[rule];
  const steps = fix.flatMap(({ language, steps }) =>
    steps.map((fix) => ({ start: language === "any" ? "" : `${languageName(language)}: `, fix })),
  );
  const more = `\`plugins explain ${rule}\` shows the full page.`;
  const sections = [
    [pageHeadings.why, why],
    [pageHeadings.found, found],
    [pageHeadings.accept, [accept]],
  ] as const;
  const part = ([head, paragraphs]: (typeof sections)[number]): string =>
    [`## ${head}`, ...paragraphs].join("\n\n");
  const list = steps.map(({ start, fix }) =>
    fix.kind === "command" ? `- ${start}\`${fix.run}\`` : `- ${start}${fix.text}`,
  );
  return {
    full,
    text: [...why, ...steps.map(({ start, fix }) => `${start}${fixText(fix)}`), more].join("\n"),
    markdown: [
      `**${rule}**: ${full}`,
      ...sections.slice(0, 2).map(part),
      [`## ${pageHeadings.fix}`, list.join("\n")].join("\n\n"),
      ...sections.slice(2).map(part),
      more,
    ].join("\n\n"),
  };
}
