import type { CheckResult } from "../../check/model/result.ts";
import type { Severity } from "../../rules/finding.ts";
import { loweredSetting } from "../model/configuration-text.ts";
import { jsonText } from "../model/document.ts";
import { fingerprints } from "../model/fingerprint.ts";
import { aboutMember, repositoryPath } from "../model/place.ts";
import type { ReportContext } from "../model/report-context.ts";
import { detailLines, messageText } from "../model/problem-text.ts";
import { problemsOf } from "../model/problem.ts";
import { shown } from "../model/shown.ts";

/** GitLab knows info, minor, major, critical and blocker. */
const severities = {
  error: "critical",
  warning: "minor",
  note: "info",
} as const satisfies Record<Severity, string>;

/**
 * The report for GitLab's Code Quality widget (docs.gitlab.com, "Code Quality report format"): every problem that
 * counts. What the policy suppresses is left out, since the widget cannot show it as such.
 */
export function gitlabReport(result: CheckResult, context: ReportContext): string {
  const issues = problemsOf(result, context)
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ rule, severity, file, message, finding, fingerprint }) => ({
      description: aboutMember(file, [messageText(message, finding), ...detailLines(finding)].join("\n")),
      check_name: rule,
      fingerprint,
      severity: severities[severity],
      // A binary has no lines, and the widget shows nothing without one.
      location: { path: file.path, lines: { begin: 1 } },
    }));
  return jsonText([...issues, ...loweredIssues(result, context)]);
}

/** What is lowered, at the configuration file: the widget shows a merge request's that another one does not have. */
function loweredIssues({ host }: CheckResult, { configuration, place }: ReportContext): readonly object[] {
  const fingerprint = fingerprints();
  const { path } = repositoryPath(configuration?.file ?? host?.path ?? ".", place);
  return (configuration?.lowered ?? []).map((lowered) => ({
    description: `Lowered by the configuration: ${shown(loweredSetting(lowered))}`,
    check_name: "configuration",
    fingerprint: fingerprint({
      rule: "configuration",
      path,
      subject: lowered.rule ?? lowered.setting,
      arch: undefined,
    }),
    severity: severities.note,
    location: { path, lines: { begin: lowered.origin.kind === "file" ? lowered.origin.line : 1 } },
  }));
}
