import { createHash } from "node:crypto";
import { sortedJson } from "../../manifest/sorted-json.ts";

/** What JSON can say; a member that is undefined is left out. */
export type Json =
  string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

/** SHA-256 of a value in lower-case hex, whatever the order of its members. */
export function digestOfJson(value: Json): string {
  return createHash("sha256")
    .update(sortedJson(value) ?? "")
    .digest("hex");
}
