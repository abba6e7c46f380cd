import type { FileResult } from "./result.ts";

type Reason = Pick<NonNullable<FileResult["unreadable"]>, "reason">;

/** Why a file could not be read, as a clause after its name: "the file is not ELF or Mach-O (text) at offset 0x0". */
export function unreadableText({ reason }: Reason): string {
  if (/^is .*, not a file/.test(reason)) return `this ${reason}`;
  if (/^(is|does|has|cannot|vanished) /.test(reason)) return `the file ${reason}`;
  if (reason.startsWith("not ")) return `the file is ${reason}`;
  if (reason.startsWith("no ")) return `there is ${reason}`;
  return /^(its|the) /.test(reason) ? reason : `the file cannot be read: ${reason}`;
}
