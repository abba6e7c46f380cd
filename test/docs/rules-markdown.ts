import { format, resolveConfig } from "prettier";
import { fileURLToPath } from "node:url";
import { explainRule, explainRules, type RuleExplanation } from "../../src/check/explain/explain.ts";
import { languageName } from "../../src/report/model/language-name.ts";
import { pageHeadings } from "../../src/report/model/page-heading.ts";
import type { Fix } from "../../src/rules/finding.ts";
import { confidences, type FixSteps } from "../../src/rules/rule-page.ts";
import { ruleGroups, type RuleGroup } from "../../src/rules/rule.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every rule with its page, in the order of the index. */
export function allRules(): readonly RuleExplanation[] {
  return explainRules().map(({ id }) => {
    const rule = explainRule(id);
    if (rule === undefined) throw new Error(`no page for ${id}`);
    return rule;
  });
}

/** docs/rules/ID.md; `example` is what a check of a real file shows, undefined where none does. */
export function rulePage(rule: RuleExplanation, example: string | undefined): Promise<string> {
  return formatted([
    `# \`${rule.id}\``,
    `${capital(rule.says)}.`,
    `- Severity: ${rule.severities}`,
    `- Evidence: ${confidences[rule.confidence]} (${rule.confidence})`,
    "",
    `## ${pageHeadings.why}`,
    ...rule.why,
    `## ${pageHeadings.found}`,
    ...rule.found,
    ...(example === undefined ? [] : ["## Example", "```console", example, "```"]),
    `## ${pageHeadings.fix}`,
    ...rule.fix.flatMap(fixing),
    `## ${pageHeadings.accept}`,
    rule.accept,
    "## See also",
    [...rule.related.map((id) => `[\`${id}\`](${id}.md)`), "[all rules](../rules.md)"].join(" · "),
    `On the command line: \`plugins explain ${rule.id}\`.`,
  ]);
}

/** docs/rules.md: a line for each rule, under what it is about. */
export function ruleIndex(rules: readonly RuleExplanation[]): Promise<string> {
  return formatted([
    "# Rules",
    "Each finding has the id of its rule. Ids never change their meaning. `plugins explain RULE` shows a rule's page, and `plugins explain` lists all rules.",
    ...(Object.keys(ruleGroups) as RuleGroup[]).flatMap((group) => [
      `## ${ruleGroups[group]}`,
      ...(introductions[group] === undefined ? [] : [introductions[group]]),
      table(rules.filter((rule) => rule.group === group)),
    ]),
    verdicts,
  ]);
}

const introductions: Readonly<Partial<Record<RuleGroup, string>>> = {
  claim:
    "Compilers and linkers leave stamps that cannot be mistyped: Go's build info, rustc's stamp in `.comment`, the machine in the header, the linked C library. If a manifest and a stamp disagree, both are shown, and the comparison with the host uses the stamp.",
  loader:
    "The checks of Go's plugin.Open and of the system's loader are repeated from the files alone. `plugins explain --error TEXT` explains their error messages.",
};

const verdicts = `
## Verdicts

| verdict | when |
| --- | --- |
| \`incompatible\` | any finding of severity error |
| \`compatible\` | no error, and target, toolchain and every shared dependency are known to match; or, for a Go plugin in a Go host, every shared package hash is equal and the loader is predicted to load the plugin |
| \`unknown\` | neither: something that decides is unknown, and the report says what |
| \`unreadable\` | the file could not be read as an ELF or Mach-O file |
`;

/** The id stands alone in its column, so that it can be searched for. */
function table(rules: readonly RuleExplanation[]): string {
  const rows = rules.map(
    ({ id, says, severities }) => `| \`${id}\` | [${says}](rules/${id}.md) | ${severities} |`,
  );
  return ["| id | says | severity |", "| --- | --- | --- |", ...rows].join("\n");
}

function fixing({ language, steps }: FixSteps): readonly string[] {
  return [...(language === "any" ? [] : [`### ${languageName(language)}`]), ...steps.flatMap(step)];
}

function step(fix: Fix): readonly string[] {
  return fix.kind === "advice" ? [fix.text] : ["```sh", fix.run, "```"];
}

async function formatted(paragraphs: readonly string[]): Promise<string> {
  let text = "";
  let isCode = false;
  for (const paragraph of paragraphs) {
    if (paragraph.startsWith("```")) isCode = paragraph !== "```";
    const isItem = paragraph.startsWith("- ");
    text += isCode || isItem ? `${paragraph}\n` : `${paragraph}\n\n`;
  }
  // Commands that follow one another are one block.
  const joined = text.replaceAll("\n```\n\n```sh\n", "\n");
  const config = await resolveConfig(`${root}package.json`);
  return format(joined, { ...config, parser: "markdown", proseWrap: "always" });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
