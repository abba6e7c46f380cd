import type { FileResult } from "../../check/model/result.ts";

/** Why a file could not be read, with the place in the file where one is to blame. */
export function unreadableReason({ reason, offset }: NonNullable<FileResult["unreadable"]>): string {
  return offset === null || reason.includes("offset")
    ? reason
    : `${reason} (at offset 0x${offset.toString(16)})`;
}
