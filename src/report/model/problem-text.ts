import { advise, type Fix } from "../../language/fix.ts";
import type { Finding } from "../../rules/finding.ts";
import { longestText, shown } from "./shown.ts";
import { visible } from "./visible.ts";

/** The values that a finding compares, and where each was read. */
export function sidesOf({
  plugin,
  other,
  host,
}: Pick<Partial<Finding>, "plugin" | "other" | "host">): readonly {
  readonly name: "plugin" | "other" | "host";
  readonly value: string;
  readonly from: string;
}[] {
  return (
    [
      ["plugin", plugin],
      ["other", other],
      ["host", host],
    ] as const
  ).flatMap(([name, side]) => (side === undefined ? [] : [{ name, ...side }]));
}

/** A fix in one line: the advice, or the command with its note as a comment. */
export function fixText(fix: Fix): string {
  if (fix.kind === "advice") return fix.text;
  return fix.note === undefined ? fix.run : `${fix.run}   # ${fix.note}`;
}

/** The fix, unless it is a command that is too long to be read. @param longest in characters. */
export function shortFix(fix: Fix, longest: number = longestText): Fix {
  if (fix.kind === "advice" || fix.run.length <= longest) return fix;
  return advise(`A command of ${fix.run.length} characters: --fix-script FILE writes it.`);
}

/** More fixes of one problem are counted. */
const mostFixes = 20;

/** The fixes of one problem that a report has room for, each short enough to be read. */
export function fewFixes(fixes: readonly Fix[]): readonly Fix[] {
  const left = fixes.length - mostFixes;
  return [
    ...fixes.slice(0, mostFixes).map((fix) => shortFix(fix)),
    ...(left > 0 ? [advise(`${left} more: --fix-script FILE writes all of them.`)] : []),
  ];
}

/** The fixes, one a line and safe to show; a command is whole, so that it can be copied. */
export function fixTexts(fixes: readonly Fix[]): readonly string[] {
  return fewFixes(fixes).map((fix) => {
    if (fix.kind === "advice") return `fix: ${shown(fix.text)}`;
    return `fix: ${visible(fix.run)}${fix.note === undefined ? "" : `   # ${shown(fix.note)}`}`;
  });
}

/** `plugin: go1.26.5 (.go.buildinfo)`, safe to show. */
export function sideText({ name, value, from }: ReturnType<typeof sidesOf>[number]): string {
  return `${name}: ${shown(value)} (${shown(from)})`;
}

/** The lines under a finding's message, safe to show: the values and where they were read, the cause, the fixes. */
export function detailLines(finding: Partial<Finding>): readonly string[] {
  return [
    ...(finding.hostPath === undefined ? [] : [`checked with: ${visible(finding.hostPath)}`]),
    ...sidesOf(finding).map(sideText),
    ...(finding.plugins === undefined ? [] : [`plugins: ${shown(finding.plugins.join(", "))}`]),
    ...(finding.cause === undefined ? [] : [`cause: ${shown(finding.cause)}`]),
    ...fixTexts(finding.fix ?? []),
  ];
}

/** The slice and the subject of a finding, unless its message names them. */
export function aboutOf({ message = "", arch, subject }: Partial<Finding>): readonly string[] {
  return [arch, subject].flatMap((part) => (part === undefined || message.includes(part) ? [] : [part]));
}

/** A finding's message, safe to show, after what it is about. */
export function messageText(message: string, finding: Partial<Finding>): string {
  const about = aboutOf({ ...finding, message })
    .map(shown)
    .join(", ");
  return about === "" ? shown(message) : `${about}: ${shown(message)}`;
}

/** The text as a sentence: with a capital letter and a full stop. */
export function sentence(text: string): string {
  const start = /^[a-z]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.…]$/.test(start) ? start : `${start}.`;
}
