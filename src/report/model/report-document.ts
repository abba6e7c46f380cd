import type { CheckResult } from "../../check/model/result.ts";
import type { Finding } from "../../rules/finding.ts";
import { causeIds, causesOf, hostsOfCause, type Cause } from "./cause.ts";
import { headlineOf, pluginsOf } from "./cause-text.ts";
import {
  schema,
  schemaVersion,
  type ReportDocument,
  type ReportedCause,
  type ReportedFinding,
} from "./document.ts";
import type { ReportContext } from "./report-context.ts";

/** The document of a check or a listing. */
export function reportDocument(
  result: CheckResult,
  { command, exitCode, tool, failure, gate, warnings = [], configuration = null }: DocumentContext,
): ReportDocument {
  const { host, hosts, plugins, findings, summary, shard } = result;
  const causes = causesOf(result, gate?.allowUnknown);
  const ids = causeIds(causes);
  const document = {
    $schema: schema,
    schemaVersion,
    tool,
    command,
    host,
    ...(hosts === undefined ? {} : { hosts }),
    plugins: plugins.map((plugin) => ({
      ...plugin,
      findings: plugin.findings.map((one) => withCause(one, ids)),
    })),
    findings: findings.map((one) => withCause(one, ids)),
    causes: causes.map(reported),
    summary,
    warnings,
    configuration,
    failure: failure ?? null,
    exitCode,
  } as const;
  return shard === undefined ? document : { ...document, shard };
}

/** What the document of a report says besides the result. */
type DocumentContext = Pick<ReportContext, "command" | "exitCode" | "tool"> &
  Partial<Pick<ReportContext, "failure" | "gate" | "warnings" | "configuration">>;

function withCause(finding: Finding, ids: ReadonlyMap<unknown, string>): ReportedFinding {
  const causeId = ids.get(finding);
  return causeId === undefined ? finding : { ...finding, causeId };
}

function reported(cause: Cause): ReportedCause {
  const { id, rule, severity, members, fix } = cause;
  const hosts = hostsOfCause(cause);
  return {
    id,
    rule,
    severity,
    message: headlineOf(cause),
    plugins: pluginsOf(cause),
    ...(hosts.length === 0 ? {} : { hosts }),
    findings: members.reduce(
      (sum, { findings, consequences }) => sum + findings.length + consequences.length,
      0,
    ),
    fix,
  };
}
