import type { CheckResult } from "../../check/model/result.ts";
import type { Severity } from "../../rules/finding.ts";
import { jsonText } from "../model/document.ts";
import type { ReportContext } from "../model/report-context.ts";
import { detailLines, messageText } from "../model/problem-text.ts";
import { problemsOf } from "../model/problem.ts";

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
      description: [messageText(message, finding), ...detailLines(finding)].join("\n"),
      check_name: rule,
      fingerprint,
      severity: severities[severity],
      // A binary has no lines, and the widget shows nothing without one.
      location: { path: file.path, lines: { begin: 1 } },
    }));
  return jsonText(issues);
}
