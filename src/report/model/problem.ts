import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import type { Fix } from "../../language/fix.ts";
import type { Finding, Severity, Suppressed } from "../../rules/finding.ts";
import { verdictProblems } from "./cause.ts";
import { fingerprints } from "./fingerprint.ts";
import type { ReportContext } from "./report-context.ts";
import { repositoryPath, wholePath, type RepositoryPath } from "./place.ts";
import type { ProblemRule } from "./problem-rule.ts";

/** A finding, or a verdict that is not one (unreadable, unknown), with the file it is about. */
export interface Problem {
  readonly rule: ProblemRule;
  readonly severity: Severity;
  /** The plugin; the host if the problem is about host or set. */
  readonly file: RepositoryPath;
  readonly message: string;
  readonly finding: Partial<Finding>;
  /** What `causeIds` knows it by: the finding, or the plugin whose verdict it is. */
  readonly source: Finding | PluginResult;
  readonly fix: readonly Fix[];
  readonly suppressed: Suppressed | undefined;
  /** The same in every run, whatever the values; no two problems of one report share it. */
  readonly fingerprint: string;
}

type Draft = Omit<Problem, "fingerprint" | "file">;

/** Everything wrong or worth knowing: about host and set first, then by plugin in the order of the result. */
export function problemsOf(result: CheckResult, context: ReportContext): readonly Problem[] {
  const fingerprint = fingerprints();
  const about = (path: string, drafts: readonly Draft[]): readonly Problem[] => {
    const file = repositoryPath(path, context.place);
    return drafts.map((draft) => {
      const { subject, arch, hostPath } = draft.finding;
      const host = hostPath === undefined ? undefined : wholePath(repositoryPath(hostPath, context.place));
      return {
        ...draft,
        file,
        fingerprint: fingerprint({ rule: draft.rule, path: wholePath(file), subject, arch, host }),
      };
    });
  };
  return [
    ...result.findings.flatMap((finding) =>
      about(finding.hostPath ?? result.host?.path ?? ".", [ofFinding(finding)]),
    ),
    ...result.plugins.flatMap((plugin) =>
      about(plugin.path, [...ofVerdict(plugin, context), ...plugin.findings.map(ofFinding)]),
    ),
  ];
}

function ofFinding(finding: Finding): Draft {
  const { rule, severity, message, fix, suppressed } = finding;
  return { rule, severity, message, finding, source: finding, fix, suppressed };
}

function ofVerdict(plugin: PluginResult, { gate }: ReportContext): readonly Draft[] {
  const finding = plugin.hostPath === undefined ? {} : { hostPath: plugin.hostPath };
  return verdictProblems(plugin, gate.allowUnknown).map(({ rule, severity, message }) => ({
    rule,
    severity,
    message,
    finding,
    source: plugin,
    fix: [],
    suppressed: undefined,
  }));
}
