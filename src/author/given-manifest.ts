import { parse, type AnyNode, type ObjectNode } from "@humanwhocodes/momoa";
import type { Role } from "../artifact/artifact.ts";
import { UsageError } from "../check/model/usage-error.ts";
import { manifestLimit, readContent } from "../manifest/content.ts";
import type { Manifest } from "../manifest/generated/manifest.ts";
import { scanJson } from "../manifest/json-extent.ts";
import { escapePointer, type SchemaProblem } from "../manifest/schema.ts";

/** A manifest that a person gave: JSON text that follows the schema. */
export interface GivenManifest {
  /** The JSON text as it was given, without the white space around it. */
  readonly json: Buffer;
  readonly value: unknown;
  /** One per language. */
  readonly manifests: readonly Manifest[];
}

/** More problems of one manifest are counted instead of listed. */
const mostListed = 20;

/**
 * Checks a manifest as the inspector will.
 * @param name where the bytes are from, for messages: a path, or "stdin".
 * @param role what they are for: only a host may carry several manifests.
 * @throws UsageError with the place of each error.
 */
export function givenManifest(name: string, bytes: Buffer, role: Role): GivenManifest {
  if (bytes.length > manifestLimit) {
    throw invalid(`${name}: the manifest is longer than ${manifestLimit} bytes`, [
      "Leave out fields that only people read. The inspector reads no more.",
    ]);
  }
  const content = readContent(bytes, true);
  if (content.kind === "unreadable") {
    const { line, column } = placeAt(bytes, content.offset);
    throw invalid(`${name}:${line}:${column}: the manifest ${content.reason}`);
  }
  if (content.next !== undefined) {
    const { line, column } = placeAt(bytes, content.next);
    throw invalid(`${name}:${line}:${column}: a second JSON value begins here`, [
      "Several manifests, one per language, are one JSON array.",
    ]);
  }
  const { start, end } = scanJson(bytes);
  const json = Buffer.from(bytes.subarray(start, end));
  if (content.problems.length > 0) throw broken(name, bytes.toString("utf8"), content.problems);
  if (Array.isArray(content.value) && role === "plugin") {
    throw invalid(`${name}: it holds an array of manifests, and only a host may carry several`, [
      "Embed one manifest, as a JSON object, in a plugin.",
    ]);
  }
  return { json, value: content.value, manifests: content.manifests };
}

function broken(name: string, text: string, problems: readonly SchemaProblem[]): UsageError {
  const lines = problems.map(({ pointer, expected, found, isMissing }) => {
    const place = placeOf(text, pointer);
    const field = pointer === "" ? "the manifest" : pointer;
    const what = isMissing === true ? "is required" : `must be ${expected}, and is ${found}`;
    return `${name}:${place}: ${field} ${what}`;
  });
  const [first = "", ...others] = lines;
  const listed = others.slice(0, mostListed - 1).map((line) => `Also ${line}.`);
  const left = others.length - listed.length;
  return invalid(first, [
    ...listed,
    ...(left > 0 ? [`${left} more.`] : []),
    "`plugins schema manifest` prints the schema.",
  ]);
}

function invalid(message: string, hints: readonly string[] = []): UsageError {
  return new UsageError("manifest-invalid", message, hints);
}

/** Line and column of a byte, both from 1 on; a column counts characters as JavaScript does. */
function placeAt(bytes: Buffer, offset: number): { readonly line: number; readonly column: number } {
  const lines = bytes.toString("utf8", 0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

/** Line and column of what a JSON pointer names, or of the nearest thing around it that is there. */
function placeOf(text: string, pointer: string): string {
  let node: AnyNode = parse(text.replaceAll("\0", " ")).body;
  for (const token of pointer.split("/").slice(1)) {
    const inner: AnyNode | undefined =
      node.type === "Array"
        ? node.elements[Number(token)]?.value
        : node.type === "Object"
          ? memberOf(node, token)
          : undefined;
    if (inner === undefined) break;
    node = inner;
  }
  const { line, column } = node.loc.start;
  return `${line}:${column}`;
}

/** The last of equal names: JSON.parse keeps that one. */
function memberOf({ members }: ObjectNode, token: string): AnyNode | undefined {
  return members.findLast(({ name }) => {
    const key = name.type === "String" ? name.value : name.name;
    return escapePointer(key) === token;
  })?.value;
}
