import type { CheckResult } from "../../../check/model/result.ts";
import { checkedText } from "../../model/hosts.ts";
import { counted, verdicts } from "../../model/verdict.ts";

/** How it went, for people: counts and the time it took. */
export function summaryLine(result: CheckResult, seconds: number): string {
  const { summary } = result;
  const counts = [...verdicts]
    .reverse()
    .filter((verdict) => verdict === "compatible" || summary[verdict] > 0);
  return [
    `${checkedText(result)}: ${counts.map((verdict) => `${summary[verdict]} ${verdict}`).join(", ")}`,
    `${counted(summary.errors, "error")}, ${counted(summary.warnings, "warning")}`,
    `${seconds.toFixed(2)} s`,
  ].join("     ");
}

/** How a listing went. */
export function listLine({ summary }: CheckResult, seconds: number): string {
  const unreadable = summary.unreadable > 0 ? `, ${summary.unreadable} unreadable` : "";
  return `${counted(summary.plugins, "plugin")}${unreadable}     ${seconds.toFixed(2)} s`;
}
