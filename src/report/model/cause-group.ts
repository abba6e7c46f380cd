import type { Finding } from "../../rules/finding.ts";

/**
 * All findings in their order, in groups that are fixed together: those of one rule with one cause, about different
 * subjects, are in the group of the first of them. Every other finding is a group of its own.
 */
export function groupedByCause(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const [at, finding] of findings.entries()) {
    const key = keyOf(finding) ?? String(at);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function keyOf({ rule, severity, arch, cause, subject, suppressed }: Finding): string | undefined {
  if (cause === undefined || subject === undefined || suppressed !== undefined) return undefined;
  return JSON.stringify([rule, severity, arch, cause]);
}
