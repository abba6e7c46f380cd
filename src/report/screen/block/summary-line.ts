import type { CheckResult } from "../../../check/model/result.ts";
import { causesOf } from "../../model/cause.ts";
import { checkedText } from "../../model/hosts.ts";
import { isVerdictRule } from "../../model/problem-rule.ts";
import { counted, verdicts } from "../../model/verdict.ts";

/** How it went, for people: counts and the time it took. */
export function summaryLine(result: CheckResult, seconds: number): string {
  const { summary } = result;
  const counts = [...verdicts]
    .reverse()
    .filter((verdict) => verdict === "compatible" || summary[verdict] > 0);
  return [
    `${checkedText(result)}: ${counts.map((verdict) => `${summary[verdict]} ${verdict}`).join(", ")}`,
    `${counted(summary.errors, "error")}, ${counted(summary.warnings, "warning")}${causesText(result)}`,
    `${seconds.toFixed(2)} s`,
  ].join("     ");
}

/** ` (3 causes)` if there are fewer than errors and warnings. */
function causesText(result: CheckResult): string {
  const { errors, warnings } = result.summary;
  if (errors + warnings < 2) return "";
  const count = causesOf(result).filter(
    ({ rule, severity }) => severity !== "note" && !isVerdictRule(rule),
  ).length;
  return count > 0 && count < errors + warnings ? ` (${counted(count, "cause")})` : "";
}

/** How a listing went. */
export function listLine({ summary }: CheckResult, seconds: number): string {
  const unreadable = summary.unreadable > 0 ? `, ${summary.unreadable} unreadable` : "";
  return `${counted(summary.plugins, "plugin")}${unreadable}     ${seconds.toFixed(2)} s`;
}
