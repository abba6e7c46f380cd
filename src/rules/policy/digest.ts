import { createHash } from "node:crypto";

/** What JSON can say; a member that is undefined is left out. */
export type Json =
  string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

/** SHA-256 of a value in lower-case hex, whatever the order of its members. */
export function digestOfJson(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** JSON with the members of all objects sorted: RFC 8785 for values whose numbers are all integers. */
function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_, member: Json) => {
    if (typeof member !== "object" || member === null || isArray(member)) return member;
    const names = Object.keys(member).sort();
    return Object.fromEntries(names.map((name) => [name, member[name]]));
  });
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
