import type { CheckResult } from "../../check/model/result.ts";
import type { Severity } from "../../rules/finding.ts";
import type { ReportContext } from "../model/report-context.ts";
import { detailLines, messageText } from "../model/problem-text.ts";
import { problemsOf, type Problem } from "../model/problem.ts";
import { counted } from "../model/verdict.ts";
import { visible } from "../model/visible.ts";

/** GitHub shows at most this many annotations of one level from one step, and silently drops the others. */
export const annotationLimit = 10;

const commands = {
  error: "error",
  warning: "warning",
  note: "notice",
} as const satisfies Record<Severity, string>;

/**
 * Annotations as workflow commands, one per line (docs.github.com, "Workflow commands for GitHub Actions"). What
 * the policy suppresses is left out; what GitHub would not show is counted in the last annotation of its level.
 */
export function githubReport(result: CheckResult, context: ReportContext): string {
  const problems = problemsOf(result, context).filter(({ suppressed }) => suppressed === undefined);
  const lines = (Object.keys(commands) as Severity[]).flatMap((severity) =>
    annotations(
      severity,
      problems.filter((one) => one.severity === severity),
    ),
  );
  return lines.map((line) => `${line}\n`).join("");
}

function annotations(severity: Severity, problems: readonly Problem[]): readonly string[] {
  const room = problems.length > annotationLimit ? annotationLimit - 1 : annotationLimit;
  const left = problems.slice(room);
  const rest =
    left.length === 0
      ? []
      : [
          command(
            severity,
            { title: "more" },
            `${counted(left.length, `more ${severity}`)} not shown: ${kinds(left)}. The step's summary lists all of them.`,
          ),
        ];
  return [...problems.slice(0, room).map(annotation), ...rest];
}

function annotation({ severity, rule, file, message, finding }: Problem): string {
  const text = [messageText(message, finding), ...detailLines(finding)].join("\n");
  return command(severity, { file: visible(file.path), line: "1", title: rule }, text);
}

/** How many of each rule: `3 dependency-mismatch, 1 plugin-unreadable`. */
function kinds(problems: readonly Problem[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of problems) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => `${count} ${rule}`).join(", ");
}

function command(severity: Severity, properties: Readonly<Record<string, string>>, text: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${commands[severity]} ${list.join(",")}::${escapeData(text)}`;
}

/** As actions/toolkit has it (packages/core, command.ts): the runner decodes only these. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
