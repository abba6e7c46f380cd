import type { Fix } from "../../loader/fix.ts";
import type { Finding } from "../../rules/finding.ts";
import { visible } from "./visible.ts";

/** The two or three places whose values a finding is about, by name. */
export function sidesOf({ plugin, other, host }: Partial<Finding>): readonly {
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

/** What a fix says in one line: the command, with what else there is to know behind it, or the advice. */
export function fixText(fix: Fix): string {
  if (fix.kind === "advice") return fix.text;
  return fix.note === undefined ? fix.run : `${fix.run}   # ${fix.note}`;
}

/** Under a finding's message, a line each and safe to show: the values with where they were read, the cause, the fixes. */
export function detailLines(finding: Partial<Finding>): readonly string[] {
  return [
    ...sidesOf(finding).map(({ name, value, from }) => `${name}: ${visible(value)} (${visible(from)})`),
    ...(finding.cause === undefined ? [] : [`cause: ${visible(finding.cause)}`]),
    ...(finding.fix ?? []).map((fix) => `fix: ${visible(fixText(fix))}`),
  ];
}

/** A finding's message, safe to show, with the slice and the subject that it does not name itself. */
export function messageText(message: string, { arch, subject }: Partial<Finding>): string {
  const about = [arch, subject].filter((part) => part !== undefined && !message.includes(part));
  const shown = visible(message);
  return about.length === 0 ? shown : `${about.map((part) => visible(part ?? "")).join(", ")}: ${shown}`;
}
