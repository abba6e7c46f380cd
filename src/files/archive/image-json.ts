import { ArchiveError } from "./archive-error.ts";
import { wholeContent, type Content } from "./content.ts";
import { compareDigest, Digest } from "./digest.ts";
import type { Parts } from "./image-candidate.ts";

/** More bytes of JSON in one file are refused. */
export const longestJson = 4 * 2 ** 20;

export function required(parts: Parts, path: string): Content {
  const content = parts(path);
  if (content !== undefined) return content;
  throw new ArchiveError(`the image is not complete: ${JSON.stringify(path)} is missing`);
}

/** @param digest that it must have. */
export function jsonOf(content: Content, what: string, digest?: string): unknown {
  return parsedJson(content, what, (bytes) => {
    if (digest !== undefined) compareDigest(digest, new Digest(digest).of(bytes));
  });
}

export function parsedJson(content: Content, what: string, check: (bytes: Buffer) => void): unknown {
  const bytes = wholeContent(content, longestJson, what);
  check(bytes);
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    throw new ArchiveError(`${what} is not JSON`);
  }
}

/** The value of a field; undefined of what is no object. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function textsIn(value: unknown): readonly string[] {
  return (listOf(value) ?? []).filter((each) => typeof each === "string");
}

export function textOf(value: unknown, name: string, from: string): string {
  const text = fieldOf(value, name);
  if (typeof text === "string") return text;
  throw new ArchiveError(`${from} has an entry without ${JSON.stringify(name)}`);
}

/** `linux/arm64/v8` */
export function platformOf(value: unknown): string | undefined {
  const [os, architecture, variant] = ["os", "architecture", "variant"].map((name) => fieldOf(value, name));
  if (typeof os !== "string" || typeof architecture !== "string") return undefined;
  return [os, architecture, ...(typeof variant === "string" && variant !== "" ? [variant] : [])].join("/");
}
