import { libraryOrdinals } from "../../object/macho/constants.ts";
import type { AnyObject } from "../../object/any-object.ts";
import type { ObjectFormat, ObjectSymbol, Section } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { readPointer, wordSizeOf } from "./memory.ts";
import type { LinkerPrefix } from "./package-hash.ts";
import { guarded } from "../guarded.ts";
import { symbolName } from "../../object/symbol-name.ts";

/*
 * runtime.moduledata (Go: src/runtime/symtab.go) describes one Go program or plugin to the runtime. A plugin hooks its own
 * into the host's list: it writes into the field `next`, the last one, of the moduledata that the host's
 * runtime.lastmoduledatap points to. The offset of `next` is the plugin's, so both sizes must be the same.
 */

/** What is the same in a run of Go releases, in words, as wide as an address. */
interface LayoutForm {
  /** First and last release line that has it. */
  readonly from: string;
  readonly to: string;
  /** Size of the whole. */
  readonly size: number;
  /** Offset of the slice pkghashes. */
  readonly packageHashes: number;
  /** How the linker spelled its own symbols then. */
  readonly prefix: LinkerPrefix;
  /** Whether it has a section of its own. */
  readonly section: boolean;
}

/**
 * By the struct in src/runtime/symtab.go of each release, and by the symbols of files that the last release of each line built,
 * for 64 and for 32 bits; 1.8 alone by the struct only.
 */
export const moduledataLayouts = [
  { from: "go1.8", to: "go1.9", size: 55, packageHashes: 41, prefix: "go.link.", section: false },
  { from: "go1.10", to: "go1.15", size: 57, packageHashes: 41, prefix: "go.link.", section: false },
  { from: "go1.16", to: "go1.17", size: 67, packageHashes: 51, prefix: "go.link.", section: false },
  { from: "go1.18", to: "go1.19", size: 69, packageHashes: 53, prefix: "go.link.", section: false },
  { from: "go1.20", to: "go1.20", size: 71, packageHashes: 55, prefix: "go:link.", section: false },
  { from: "go1.21", to: "go1.22", size: 74, packageHashes: 55, prefix: "go:link.", section: false },
  { from: "go1.23", to: "go1.25", size: 73, packageHashes: 55, prefix: "go:link.", section: false },
  { from: "go1.26", to: "go1.26", size: 74, packageHashes: 56, prefix: "go:link.", section: true },
  { from: "go1.27", to: "go1.27", size: 71, packageHashes: 53, prefix: "go:link.", section: true },
] as const satisfies readonly LayoutForm[];

export type ModuledataLayout = (typeof moduledataLayouts)[number];

/** Whether it has a section of its own, as since Go 1.26. */
export function hasModuledataSection(object: AnyObject): boolean {
  return moduledataSection(object) !== undefined;
}

const sectionNames: Readonly<Record<ObjectFormat, string>> = { elf: ".go.module", macho: "__go_module" };

function moduledataSection(object: AnyObject): Section | undefined {
  const name = sectionNames[object.format];
  return object.sections.find((section) => section.name === name);
}

/** The size in bytes of the type, by a variable of it that every Go program and plugin has, or by its section. */
export function readModuledataSize(object: AnyObject): Fact<number> {
  return guarded(() => {
    const name = "runtime.firstmoduledata";
    const symbol = findSymbol(object, symbolName(object, name));
    if (symbol?.size !== undefined) return checkedSize(object, symbol.size, `size of symbol ${name}`);
    const section = moduledataSection(object);
    if (section !== undefined)
      return checkedSize(object, BigInt(section.size), `size of section ${section.name}`);
    return unknown(
      symbol === undefined ? `the file has no symbol ${name}` : "Mach-O records no sizes of symbols",
    );
  });
}

function checkedSize(object: AnyObject, size: bigint, from: string): Fact<number> {
  const isWhole = size > 0n && size % BigInt(wordSizeOf(object)) === 0n;
  return isWhole && size <= BigInt(longestModuledata)
    ? known(Number(size), from)
    : unknown(`${from} is ${size} bytes, which no moduledata has`);
}

/** More than twice the size it ever had, in bytes. */
export const longestModuledata = 1280;

const lastModule = "runtime.lastmoduledatap";

/** The address of the file's own moduledata: the linker makes runtime.lastmoduledatap point to it. */
export function findModuledata(object: AnyObject): Fact<bigint> {
  const symbol = findSymbol(object, symbolName(object, lastModule));
  if (symbol?.defined !== true) return unknown(`the file has no symbol ${lastModule}`);
  const moduledata = readPointer(object, symbol.address);
  return moduledata.known && moduledata.value === 0n ? unknown(`${lastModule} is nil`) : moduledata;
}

/**
 * Whether the loader binds the plugin's use of runtime.lastmoduledatap by name, so to the host's. Where it does not (a plugin linked
 * with -Bsymbolic, a c-shared library) the host never hears of the plugin's moduledata.
 */
export function sharesModuleList(object: AnyObject): Fact<boolean> {
  return guarded(() => {
    const name = symbolName(object, lastModule);
    if (!object.dynamicStringsContain(name)) return known(false, `no dynamic symbol ${name}`);
    return isBoundByName(object, name)
      ? known(true, `${name}, bound by name`)
      : known(false, `${name}, not bound by name`);
  });
}

function isBoundByName(object: AnyObject, name: string): boolean {
  switch (object.format) {
    case "elf":
      return object.relocatesBy(name);
    case "macho":
      return object.imports.some(({ symbol, ordinal }) => symbol === name && hostFirst.has(ordinal));
  }
}

/** Whether the file defines the list's end for others: a plugin's use of the name is then bound to it. */
export function offersModuleList(object: AnyObject): Fact<boolean> {
  return guarded(() => {
    const name = symbolName(object, lastModule);
    const isDefined = object.findDynamicSymbol(name)?.defined === true;
    return known(isDefined, isDefined ? `dynamic symbol ${name}` : `no dynamic symbol ${name}`);
  });
}

/** Where the loader looks up a name in the program before it does in the plugin itself. */
const hostFirst = new Set<number>([libraryOrdinals.flatLookup, libraryOrdinals.mainExecutable]);

function findSymbol(object: AnyObject, name: string): ObjectSymbol | undefined {
  const dynamic = object.findDynamicSymbol(name);
  if (dynamic !== undefined) return dynamic;
  if (!object.staticStringsContain(name)) return undefined;
  return object.staticSymbols.find((symbol) => symbol.name === name && symbol.defined);
}
