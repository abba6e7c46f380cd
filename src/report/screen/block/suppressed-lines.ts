import type { CheckResult } from "../../../check/model/result.ts";
import type { Finding } from "../../../rules/finding.ts";
import { listed } from "../../model/listed.ts";
import { counted } from "../../model/verdict.ts";
import type { Style } from "../layout/style.ts";
import { remark } from "./remark.ts";

/** Plugins that are named. */
const most = 12;

/**
 * What the policy suppresses: how much, or for which reason in which plugins.
 * @param nameOf undefined if all are about the one plugin that is shown.
 */
export function suppressedLines(
  { plugins, findings }: Pick<CheckResult, "plugins" | "findings">,
  isFull: boolean,
  nameOf: ((path: string) => string) | undefined,
  style: Style,
): readonly string[] {
  const all = [
    ...findings.map((finding) => ({ finding, path: undefined })),
    ...plugins.flatMap(({ path, findings }) => findings.map((finding) => ({ finding, path }))),
  ].filter(({ finding: { suppressed } }) => suppressed !== undefined);
  if (all.length === 0) return [];
  if (!isFull) return remark(`${counted(all.length, "suppressed finding")}: --verbose shows them.`, style);
  const groups = new Map<string, string[]>();
  for (const { finding, path } of all) {
    const key = `suppressed ${finding.severity} ${finding.rule}: ${reasonOf(finding)}`;
    groups.set(key, [
      ...(groups.get(key) ?? []),
      path === undefined ? "host and set" : (nameOf?.(path) ?? ""),
    ]);
  }
  return [...groups].flatMap(([text, names]) => {
    if (nameOf === undefined) return remark(text, style, 2);
    return remark(`${text} (${listed([...new Set(names)], most)})`, style);
  });
}

function reasonOf({ suppressed }: Finding): string {
  if (suppressed === undefined) return "";
  const { reason, expires } = suppressed;
  return expires === null ? reason : `${reason}, until ${expires}`;
}
