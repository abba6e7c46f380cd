import type { AnyObject } from "../../object/any-object.ts";
import { hasSectionHeaders } from "../../object/object-file.ts";
import { inflateSync } from "node:zlib";
import { scanJson } from "../../manifest/json-extent.ts";
import { graphProblem, type AuditedPackage } from "./cargo-audit-package.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";

/** What cargo-auditable wrote down of the build. Neither hashes nor the compiler are in it. */
export interface AuditedBuild {
  /** 0 or 1 (since 1, procedural macros count as build dependencies), 8: made of Cargo's own list. */
  readonly format: number;
  /** Sorted by name, then version, as in the file. */
  readonly packages: readonly AuditedPackage[];
}

/** In bytes, of the stream and of its content; cargo-auditable recommends it (PARSING.md). */
const limit = 8 * 1024 * 1024;

/** Objects and arrays of the document nest 4 deep; a package has two of them. */
const depthLimit = 16;
const mostBrackets = 2 ** 18;

/**
 * The package list in the section `.dep-v0`: one zlib stream of JSON. The section has that name in ELF and in Mach-O (segment
 * `__DATA`) alike (rust-secure-code/cargo-auditable: PARSING.md, cargo-auditable.schema.json).
 */
export function readAuditedBuild(object: AnyObject): Fact<AuditedBuild> {
  return guarded(() => {
    const [section, ...others] = object.sections.filter(({ name }) => name === ".dep-v0");
    if (section === undefined) {
      return unknown(
        hasSectionHeaders(object)
          ? "no section .dep-v0: it was not built with cargo auditable, or the section was stripped"
          : "the file has no section headers, which lead to .dep-v0",
      );
    }
    if (others.length > 0) return unknown(`there are ${others.length + 1} sections .dep-v0`);
    const from = section.segment === undefined ? section.name : `${section.segment},${section.name}`;
    const read = inflate(object.readSection(section, limit));
    if (typeof read === "string") return unknown(`${from} ${read}`);
    const build = auditedBuild(read);
    return typeof build === "string" ? unknown(`${from} ${build}`) : known(build, from);
  });
}

/** @returns what is wrong, as the end of a sentence that begins with the section's name, in place of the content. */
function inflate(packed: Buffer): Buffer | string {
  let result: { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
  try {
    // @types/node does not know that `info` changes the result.
    result = inflateSync(packed, { info: true, maxOutputLength: limit }) as unknown as typeof result;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return code === "ERR_BUFFER_TOO_LARGE"
      ? `inflates to more than ${limit} bytes`
      : `is not a valid zlib stream (${code})`;
  }
  const { buffer, engine } = result;
  // A linker joins the sections of two packages that were both built with cargo auditable.
  if (packed.subarray(engine.bytesWritten).some((byte) => byte !== 0))
    return "contains more than one zlib stream";
  return buffer;
}

function auditedBuild(text: Buffer): AuditedBuild | string {
  const { depth } = scanJson(text);
  if (depth > depthLimit) return `is nested ${depth} deep, more than ${depthLimit}`;
  if (countBrackets(text) > mostBrackets) return `has more than ${mostBrackets} objects and arrays`;
  let value: unknown;
  try {
    value = JSON.parse(text.toString("utf8"));
  } catch {
    return "is not JSON";
  }
  if (!isRecord(value)) return "is not a JSON object";
  const { packages, format = 0 } = value;
  if (!Array.isArray(packages)) return "has no array of packages";
  if (!isIndex(format)) return "has a format that is not a number";
  const read: AuditedPackage[] = [];
  for (const [index, entry] of packages.entries()) {
    const one = auditedPackage(entry);
    if (typeof one === "string") return `has a package, number ${index}, ${one}`;
    read.push(one);
  }
  return graphProblem(read) ?? { format, packages: read };
}

/** @returns what is wrong with it, in place of the package. */
function auditedPackage(entry: unknown): AuditedPackage | string {
  if (!isRecord(entry)) return "that is not an object";
  const { name, version, source, kind = "runtime", root = false, dependencies = [] } = entry;
  if (typeof name !== "string" || name === "") return "without a name";
  if (typeof version !== "string" || version === "") return "without a version";
  if (typeof source !== "string") return "without a source";
  if (kind !== "runtime" && kind !== "build") return "of an unknown kind";
  if (typeof root !== "boolean") return "whose root is neither true nor false";
  if (!Array.isArray(dependencies) || !dependencies.every(isIndex))
    return "whose dependencies are not indices";
  return { name, version, source, kind, root, dependencies };
}

function countBrackets(text: Buffer): number {
  let count = 0;
  for (const byte of text) if (byte === 0x7b || byte === 0x5b) count += 1;
  return count;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
