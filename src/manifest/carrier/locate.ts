import { FormatError } from "../../object/format-error.ts";
import {
  hasSectionHeaders,
  type ObjectFile,
  type ObjectSymbol,
  type Section,
} from "../../object/object-file.ts";
import type { CarrierNames } from "./carrier-names.ts";
import { manifestLimit } from "../content.ts";
import { memo } from "../memo.ts";
import { goVariablePayload, symbolPayload, type SymbolPayload } from "./symbol-payload.ts";
import { sourceName, symbolName } from "../../object/symbol-name.ts";

export type CarrierSource = "section" | "dynamic-symbol" | "static-symbol" | "build-info" | "file";

/** A place that carries a manifest by its name. */
export interface LocatedCarrier {
  readonly source: CarrierSource;
  /** As a person would name it: `.otel_manifest`, `__DATA,__otel_manifest`, `main.PluginManifest`. */
  readonly location: string;
  /** Offset of its bytes within the object file. */
  readonly offset: number | undefined;
  readonly payload:
    | { readonly kind: "bytes"; readonly bytes: Buffer }
    | { readonly kind: "refused"; readonly reason: string };
}

/** Up to this file size in bytes, all names are searched even where another carrier was found. */
const alwaysSearched = 4 * 1024 * 1024;

/**
 * Every carrier in the file, in reading order: sections, dynamic symbols, static symbols. A static symbol that
 * repeats a dynamic one is left out. Symbols of known names are looked up in the loader's own table, which costs little;
 * all the names of a large file, which can be many megabytes, are searched only where nothing else carries a manifest.
 * @param mainPackage import path of a Go file's main package, where its build info says it.
 */
export function locateCarriers(
  object: ObjectFile,
  names: CarrierNames,
  mainPackage: string | undefined,
): readonly LocatedCarrier[] {
  const found = object.sectionsNamed(names.sections).map((section) => fromSection(object, section));
  const seen = new Set<bigint>();
  collect(found, seen, object, "dynamic-symbol", lookedUp(object, names, mainPackage), names);
  if (found.length === 0 || object.size <= alwaysSearched) {
    collect(found, seen, object, "dynamic-symbol", dynamicGoVariables(object, names), names);
    collect(found, seen, object, "static-symbol", staticCandidates(object, names), names);
  }
  return found;
}

function fromSection(object: ObjectFile, section: Section): LocatedCarrier {
  const location = section.segment === undefined ? section.name : `${section.segment},${section.name}`;
  const offset = section.zeroFill ? undefined : Number(section.offset);
  const carrier = { source: "section", location, offset } as const;
  if (section.zeroFill) {
    return { ...carrier, payload: refusal("is in zero-filled memory: the file has no bytes for it") };
  }
  if (section.size > manifestLimit && !section.compressed) {
    return { ...carrier, payload: refusal(`is ${section.size} bytes long, more than ${manifestLimit}`) };
  }
  try {
    return { ...carrier, payload: { kind: "bytes", bytes: object.readSection(section, manifestLimit) } };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { ...carrier, payload: refusal(`cannot be read: ${error.message}`) };
  }
}

function collect(
  found: LocatedCarrier[],
  seen: Set<bigint>,
  object: ObjectFile,
  source: "dynamic-symbol" | "static-symbol",
  symbols: readonly ObjectSymbol[],
  names: CarrierNames,
): void {
  for (const symbol of symbols) {
    if (seen.has(symbol.address)) continue;
    seen.add(symbol.address);
    const isGo = isGoVariable(symbol.name, names);
    const payload = payloadOf(object, symbol, isGo);
    // Any package may have a variable of that name; only one that holds something like JSON is a manifest.
    if (isGo && symbols.length > 1 && !looksLikeJson(payload)) continue;
    const location = sourceName(object, symbol.name);
    found.push({
      source,
      location,
      offset: payload.offset,
      payload: payload.kind === "bytes" ? payload : refusal(payload.reason),
    });
  }
}

function payloadOf(object: ObjectFile, symbol: ObjectSymbol, isGo: boolean): SymbolPayload {
  try {
    return isGo ? goVariablePayload(object, symbol) : symbolPayload(object, symbol);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { kind: "refused", reason: `cannot be read: ${error.message}`, offset: undefined };
  }
}

/** C and Rust symbols, and the Go variables of the main package: `main` in an executable, its path in a plugin. */
function lookedUp(
  object: ObjectFile,
  names: CarrierNames,
  mainPackage: string | undefined,
): readonly ObjectSymbol[] {
  const packages = mainPackage === undefined ? [] : ["main", symbolPrefix(mainPackage)];
  const variables = packages.flatMap((path) => names.goVariables.map((variable) => `${path}.${variable}`));
  return [...names.symbols, ...variables]
    .map((name) => object.findDynamicSymbol(symbolName(object, name)))
    .filter((symbol) => symbol !== undefined);
}

/** An import path as symbols spell it (Go: src/cmd/internal/objabi/path.go, PathToPrefix). */
const symbolPrefix = memo((path: string): string => {
  const lastSlash = path.lastIndexOf("/");
  if (/^[\x21\x23\x24\x26-\x7e]*$/.test(path) && !path.includes(".", lastSlash + 1)) return path;
  return [...Buffer.from(path)]
    .map((byte, at) => {
      const escaped =
        byte <= 0x20 || byte >= 0x7f || byte === 0x25 || byte === 0x22 || (byte === 0x2e && at > lastSlash);
      return escaped ? `%${byte.toString(16).padStart(2, "0")}` : String.fromCharCode(byte);
    })
    .join("");
});

function dynamicGoVariables(object: ObjectFile, names: CarrierNames): readonly ObjectSymbol[] {
  if (!mayBeGo(object)) return [];
  if (!object.dynamicStringsContain(...names.goVariables.map((variable) => `.${variable}`))) return [];
  return object.dynamicSymbols.filter((symbol) => isDefinedGoVariable(symbol, names));
}

function staticCandidates(object: ObjectFile, names: CarrierNames): readonly ObjectSymbol[] {
  const wanted = new Set(names.symbols.map((name) => symbolName(object, name)));
  const texts = [...wanted, ...(mayBeGo(object) ? names.goVariables.map((variable) => `.${variable}`) : [])];
  if (!object.staticStringsContain(...texts)) return [];
  return object.staticSymbols.filter(
    (symbol) => symbol.defined && (wanted.has(symbol.name) || isDefinedGoVariable(symbol, names)),
  );
}

// The linker marks every Go file with at least one of these; a file without section headers may be one.
function mayBeGo(object: ObjectFile): boolean {
  return (
    !hasSectionHeaders(object) ||
    object.sections.some(({ name }) => /^(\.|__)(go[._]|gopclntab|note\.go)/.test(name))
  );
}

function isDefinedGoVariable(symbol: ObjectSymbol, names: CarrierNames): boolean {
  return symbol.defined && isGoVariable(symbol.name, names);
}

function isGoVariable(name: string, names: CarrierNames): boolean {
  return names.goVariables.some((variable) => name.endsWith(`.${variable}`));
}

function looksLikeJson(payload: SymbolPayload): boolean {
  return payload.kind === "bytes" && /^[\s\0]*[[{]/.test(payload.bytes.toString("latin1", 0, 64));
}

function refusal(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
