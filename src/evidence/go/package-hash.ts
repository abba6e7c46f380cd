import type { AnyObject } from "../../object/any-object.ts";
import type { ObjectSymbol } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { definedSymbols } from "./dynamic-name.ts";
import { readWord, wordSizeOf } from "./memory.ts";
import { guarded } from "../guarded.ts";
import { symbolName } from "../../object/symbol-name.ts";

/*
 * For every package that is linked, a plugin and a program that can load plugins export two symbols
 * (Go: src/cmd/link/internal/ld/symtab.go):
 *   go:link.pkghashbytes.PACKAGE   the hash itself: 8 bytes; up to Go 1.15 it was 40 hexadecimal digits
 *   go:link.pkghash.PACKAGE        the header of a Go string, which leads to it
 * Up to Go 1.19 the names began with "go.". PACKAGE is the import path as it is, without escapes.
 */

/** How the linker spells the names of its own symbols. */
export type LinkerPrefix = "go:link." | "go.link.";

const prefixes: readonly LinkerPrefix[] = ["go:link.", "go.link."];

/** No hash function that Go ever used gives more bytes. */
const longestHash = 64;

/** Which spelling the file's package hashes have: before Go 1.20 or since; undefined if it exports none. */
export function linkerPrefix(object: AnyObject): LinkerPrefix | undefined {
  const known = spellings.get(object);
  if (known !== undefined) return known.prefix;
  const prefix = prefixes.find((each) => object.dynamicStringsContain(symbolName(object, `${each}pkghash.`)));
  spellings.set(object, { prefix });
  return prefix;
}

/** All names are searched for it, and many ask. */
const spellings = new WeakMap<AnyObject, { readonly prefix: LinkerPrefix | undefined }>();

/**
 * The hash of every package that a file exports one of, in hexadecimal, by import path: what the loader compares plugins with.
 * The names of all dynamic symbols are searched for it, and only those that fit are decoded.
 */
export function readPackageHashes(object: AnyObject): Fact<ReadonlyMap<string, string>> {
  return guarded(() => {
    const prefix = linkerPrefix(object);
    if (prefix === undefined) return unknown("the file exports no package hashes");
    const bytes = definedBy(object, `${prefix}pkghashbytes.`);
    const isSized = [...bytes.values()].every(({ size }) => size !== undefined);
    const headers = isSized ? undefined : hashSymbolsOf(object, prefix);
    const hashes = new Map<string, string>();
    for (const [path, symbol] of bytes) {
      const length = hashLength(object, symbol, headers?.get(path));
      if (!length.known) return length;
      const hash = object.readAddress(symbol.address, length.value, symbol.name);
      if (hash.length < length.value) return unknown(`${symbol.name} is cut off`);
      hashes.set(path, hashText(hash));
    }
    return known(hashes, `dynamic symbols ${prefix}pkghashbytes.*`);
  });
}

/** The symbols of the string headers, by import path. */
export function hashSymbolsOf(object: AnyObject, prefix: LinkerPrefix): ReadonlyMap<string, ObjectSymbol> {
  return definedBy(object, `${prefix}pkghash.`);
}

/** A hash in hexadecimal; that of Go 1.15 and before is stored so already. */
export function hashText(hash: Buffer): string {
  const text = hash.toString("latin1");
  return /^[0-9a-f]{40}$/.test(text) ? text : hash.toString("hex");
}

/** The first definition of each package, by import path: the one that the loader takes. */
function definedBy(object: AnyObject, prefix: string): ReadonlyMap<string, ObjectSymbol> {
  const start = symbolName(object, prefix);
  const found = new Map<string, ObjectSymbol>();
  for (const symbol of definedSymbols(object, start)) {
    const path = symbol.name.slice(start.length);
    if (!found.has(path)) found.set(path, symbol);
  }
  return found;
}

/** The symbol's own size; Mach-O records none, so there the string header tells. */
function hashLength(object: AnyObject, symbol: ObjectSymbol, header: ObjectSymbol | undefined): Fact<number> {
  const length =
    symbol.size === undefined && header !== undefined
      ? readWord(object, header.address + BigInt(wordSizeOf(object)))
      : known(symbol.size ?? 0n, symbol.name);
  if (!length.known) return length;
  const fits = length.value > 0n && length.value <= BigInt(longestHash);
  return fits
    ? known(Number(length.value), length.from)
    : unknown(`${symbol.name} has ${length.value} bytes, not 1 to ${longestHash}`);
}
