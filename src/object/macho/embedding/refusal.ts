import type { EditRefusal } from "../../edit.ts";

/** @param next what to do instead: whole sentences or commands. */
export function refusal(reason: string, ...next: readonly string[]): EditRefusal {
  return { kind: "refused", reason, next };
}
