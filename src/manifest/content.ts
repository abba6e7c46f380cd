import { isUtf8 } from "node:buffer";
import { parse as parseStrictly, type AnyNode, type ObjectNode } from "@humanwhocodes/momoa";
import { scanJson, skipPadding } from "./json-extent.ts";
import type { Manifest } from "./generated/manifest.ts";
import { escapePointer, schemaProblems, schemaVersion, shortly, type SchemaProblem } from "./schema.ts";

/** A longer manifest is refused unread, in bytes. */
export const manifestLimit = 1024 * 1024;

/** Deeper nesting is refused before it is parsed; a manifest needs 4. */
const depthLimit = 64;

/** What stands where a manifest was found. */
export type ManifestContent =
  /** No JSON value could be had from it. `offset` counts from the first byte. */
  | {
      readonly kind: "unreadable";
      readonly reason: string;
      readonly offset: number;
      /** How many bytes there are if all of them are padding: room that a build reserved. */
      readonly room?: number;
    }
  | {
      readonly kind: "json";
      /** As embedded. */
      readonly value: unknown;
      /** Index of the first byte of the JSON text. */
      readonly start: number;
      /** One a language. Those that break the schema are not among them. */
      readonly manifests: readonly Manifest[];
      readonly problems: readonly SchemaProblem[];
      /** The newest `schema_version` that is later than this program's. */
      readonly newerSchema: number | undefined;
      /** Index after the value where a second value begins (linkers join sections of one name). */
      readonly next: number | undefined;
    };

/**
 * Reads the one JSON value that a carrier may hold.
 * @param bytes the carrier's bytes, padding of NULs and white space allowed on both sides.
 * @param manyAllowed whether an array of manifests, one a language, may stand there: hosts only.
 */
export function readContent(bytes: Uint8Array, manyAllowed: boolean): ManifestContent {
  if (bytes.length > manifestLimit) return unreadable(`is longer than ${manifestLimit} bytes`, 0);
  const extent = scanJson(bytes);
  if (extent.start === bytes.length) {
    if (bytes.length === 0) return unreadable("is empty", 0);
    const reason = `contains nothing but NULs and white space, ${bytes.length} bytes of them`;
    return { ...unreadable(reason, 0), room: bytes.length };
  }
  if (extent.depth > depthLimit) {
    return unreadable(`is nested ${extent.depth} deep, more than ${depthLimit}`, extent.start);
  }
  const json = Buffer.from(bytes.buffer, bytes.byteOffset + extent.start, extent.end - extent.start);
  if (!isUtf8(json)) return unreadable("is not UTF-8 text", extent.start);
  const text = json.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notJson(text, extent.start, extent.complete);
  }
  const rest = skipPadding(bytes, extent.end);
  if (rest < bytes.length && !startsValue(bytes[rest])) {
    return unreadable(`is followed by ${bytes.length - rest} bytes that do not belong to it`, rest);
  }
  return {
    kind: "json",
    value,
    start: extent.start,
    ...judge(value, text, extent.members, manyAllowed),
    next: rest < bytes.length ? rest : undefined,
  };
}

function judge(
  value: unknown,
  text: string,
  members: number,
  manyAllowed: boolean,
): Pick<Extract<ManifestContent, { kind: "json" }>, "manifests" | "problems" | "newerSchema"> {
  const keys = walkKeys(value);
  const problems: SchemaProblem[] = keys.forbidden.map((pointer) => ({
    pointer,
    expected: "a field with a different name",
    found: "__proto__, which is not allowed in a manifest",
  }));
  // JSON.parse keeps the last of two equal keys: it then holds fewer members than the text has colons.
  if (keys.count !== members) problems.push(...repeatedKeys(text));

  const each = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) && !manyAllowed) {
    problems.push({
      pointer: "",
      expected: "one manifest, since only a host may carry several",
      found: shortly(value),
    });
  } else if (each.length === 0) {
    problems.push({ pointer: "", expected: "at least one manifest", found: "an empty array" });
  }
  const newer = each.map(schemaVersionOf).filter((version) => version > schemaVersion);
  const manifests: Manifest[] = [];
  each.forEach((one, index) => {
    const base = Array.isArray(value) ? `/${index}` : "";
    for (const problem of schemaProblems(one)) {
      problems.push(base === "" ? problem : { ...problem, pointer: base + problem.pointer });
    }
    if (problems.length === 0) manifests.push(one as Manifest);
  });
  manifests.forEach((one, index) => {
    if (manifests.findIndex((other) => other.language === one.language) < index) {
      problems.push({
        pointer: `/${index}/language`,
        expected: "one manifest per language",
        found: `a second one for ${JSON.stringify(one.language)}`,
      });
    }
  });
  return {
    manifests: problems.length === 0 ? manifests : [],
    problems,
    newerSchema: newer.length === 0 ? undefined : Math.max(...newer),
  };
}

function schemaVersionOf(value: unknown): number {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "schema_version")) return 1;
  const version = (value as { schema_version: unknown }).schema_version;
  return typeof version === "number" && Number.isInteger(version) ? version : 1;
}

/** Counts the members of all objects in a value and names those that are called `__proto__`. */
function walkKeys(value: unknown): { readonly count: number; readonly forbidden: readonly string[] } {
  const forbidden: string[] = [];
  let count = 0;
  const left: { readonly at: string; readonly value: unknown }[] = [{ at: "", value }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    const isArray = Array.isArray(next.value);
    // Most members are texts, of which nothing is to be seen but their number.
    for (const key of Object.keys(next.value)) {
      if (!isArray) count += 1;
      const member: unknown = (next.value as Readonly<Record<string, unknown>>)[key];
      if (typeof member !== "object" && key !== "__proto__") continue;
      const at = `${next.at}/${escapePointer(key)}`;
      if (key === "__proto__") forbidden.push(at);
      left.push({ at, value: member });
    }
  }
  return { count, forbidden };
}

function repeatedKeys(text: string): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const left: { readonly at: string; readonly node: AnyNode }[] = [
    { at: "", node: parseStrictly(text).body },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (next.node.type === "Array") {
      for (const [index, { value }] of next.node.elements.entries()) {
        left.push({ at: `${next.at}/${index}`, node: value });
      }
    } else if (next.node.type === "Object") {
      problems.push(...repeatedIn(next.node, next.at));
      for (const member of next.node.members) {
        left.push({ at: `${next.at}/${escapePointer(nameOf(member))}`, node: member.value });
      }
    }
  }
  return problems;
}

function repeatedIn(object: ObjectNode, at: string): readonly SchemaProblem[] {
  const seen = new Map<string, number>();
  for (const member of object.members) seen.set(nameOf(member), (seen.get(nameOf(member)) ?? 0) + 1);
  return [...seen]
    .filter(([, times]) => times > 1)
    .map(([name, times]) => ({
      pointer: `${at}/${escapePointer(name)}`,
      expected: "unique",
      found: `there ${times} times`,
    }));
}

function nameOf(member: ObjectNode["members"][number]): string {
  return member.name.type === "String" ? member.name.value : member.name.name;
}

// JSON.parse words its errors differently in every Node release.
function notJson(text: string, start: number, complete: boolean): ManifestContent {
  if (!complete)
    return unreadable("is not JSON: it ends before its last bracket or quote", start + text.length);
  try {
    parseStrictly(text);
  } catch (error) {
    const { offset } = error as { offset?: number };
    const at = offset ?? 0;
    return unreadable(
      `is not JSON: ${shortly(text.slice(at, at + 12))} was not expected`,
      start + Buffer.byteLength(text.slice(0, at)),
    );
  }
  return unreadable("is not JSON", start);
}

function startsValue(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function unreadable(reason: string, offset: number): Extract<ManifestContent, { kind: "unreadable" }> {
  return { kind: "unreadable", reason, offset };
}
