import type { CheckResult } from "../../../check/model/result.ts";
import { causesOf } from "../../model/cause.ts";
import { checkedText } from "../../model/hosts.ts";
import { isVerdictRule } from "../../model/problem-rule.ts";
import { counted, verdicts } from "../../model/verdict.ts";

const GAP = " ".repeat(5);

/** How it went, for people: counts and the time it took. @param width of the terminal, on which it is two lines if one has no room. */
export function summaryLine(result: CheckResult, seconds: number, width?: number): string {
  const { summary } = result;
  const counts = [...verdicts]
    .reverse()
    .filter((verdict) => verdict === "compatible" || summary[verdict] > 0);
  const verdictText = `${checkedText(result)}: ${counts.map((verdict) => `${summary[verdict]} ${verdict}`).join(", ")}`;
  const rest = [
    `${counted(summary.errors, "error")}, ${counted(summary.warnings, "warning")}${causesText(result)}`,
    `${seconds.toFixed(2)} s`,
  ].join(GAP);
  const line = verdictText + GAP + rest;
  return width !== undefined && line.length > width ? `${verdictText}\n${rest}` : line;
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
