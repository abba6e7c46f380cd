import {
  DT_AUXILIARY,
  DT_FILTER,
  DT_NEEDED,
  DT_VERDEF,
  PT_TLS,
  VERSYM_HIDDEN,
  VER_FLG_BASE,
} from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { ElfSymbol } from "../../object/elf/symbol.ts";
import type { VersionDefinition, VersionNeed } from "../../object/elf/version.ts";
import type { Folder } from "./root-folder.ts";

/** A symbol that others may bind to. Several versions of one name hang on one another, in table order. */
export interface Definition {
  /** Undefined for none (VER_NDX_LOCAL, VER_NDX_GLOBAL). */
  readonly version: string | undefined;
  /** DT_VERSYM without its top bit: 0 and 1 are not versions, 2 is the file's oldest. */
  readonly versionIndex: number;
  /** VERSYM_HIDDEN. */
  readonly versionHidden: boolean;
  readonly type: ElfSymbol["type"];
  readonly binding: ElfSymbol["binding"];
  readonly visibility: ElfSymbol["visibility"];
  /** st_value is 0, and it is neither absolute nor thread-local: a loader takes it for no definition. */
  readonly void: boolean;
  readonly next: Definition | undefined;
}

/** What an object defines for others, by name. */
interface Definitions {
  get(name: string): Definition | undefined;
  /** Why a loader that does not check crashes when it looks for the name here (musl); undefined if it does not. */
  fault(name: string): "no-table" | "no-buckets" | undefined;
}

/** PT_TLS. */
export interface TlsSegment {
  /** p_memsz, in bytes. */
  readonly size: bigint;
  readonly alignment: bigint;
  /** p_vaddr modulo p_align. */
  readonly firstByte: bigint;
}

/** What a loader keeps of an object that it has mapped, as plain data: the program itself, or a library. */
export interface LoadedObject {
  /** As messages name it: the path it was found at; "" for the program itself (struct link_map, l_name). */
  readonly name: string;
  /** The file's path without links on the machine that looks: the same file is loaded once. */
  readonly realPath: string;
  /** What $ORIGIN stands for. */
  readonly origin: Folder;
  readonly soname: string | undefined;
  readonly needed: readonly string[];
  /** DT_RPATH, whether or not there is a DT_RUNPATH beside it. */
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
  readonly flags1: bigint;
  readonly versionNeeds: readonly VersionNeed[];
  readonly versionDefinitions: readonly VersionDefinition[];
  /** DT_VERDEF, DT_VERNEED are there. */
  readonly hasVersionDefinitions: boolean;
  readonly symbols: Definitions;
  readonly tls: TlsSegment | undefined;
}

/** Tags that name other libraries to be asked first. */
const FILTERS: readonly bigint[] = [DT_AUXILIARY, DT_FILTER];

export interface Identity {
  readonly name: string;
  readonly realPath: string;
  readonly origin: Folder;
}

/** @throws FormatError if a table is malformed; MissingPageError if it is past the end of the file. */
export function readLoadedObject(file: ElfFile, identity: Identity): LoadedObject {
  const tls = file.programHeaders.findLast(({ type, memorySize }) => type === PT_TLS && memorySize !== 0n);
  return {
    ...identity,
    soname: file.soname,
    needed: file.dynamic.some(({ tag }) => tag === DT_NEEDED) ? file.neededLibraries : [],
    rpath: file.rpath,
    runpath: file.runpath,
    flags1: file.flags1,
    versionNeeds: file.versionNeeds,
    versionDefinitions: file.versionDefinitions,
    hasVersionDefinitions: file.dynamic.some(({ tag }) => tag === DT_VERDEF),
    symbols: definitionsOf(file),
    tls: tls && {
      size: tls.memorySize,
      alignment: tls.alignment,
      firstByte: tls.alignment === 0n ? 0n : tls.address % tls.alignment,
    },
  };
}

export function hasFilters(file: ElfFile): boolean {
  return file.dynamic.some(({ tag }) => FILTERS.includes(tag));
}

/** The versions of a file by their names: the numbers that its symbols go by. */
function versionIndices(file: ElfFile): ReadonlyMap<string, number> {
  const indices = new Map<string, number>();
  for (const { other, name } of file.versionNeeds.flatMap(({ versions }) => versions))
    indices.set(name, other & ~VERSYM_HIDDEN);
  for (const { index, flags, name } of file.versionDefinitions)
    if ((flags & VER_FLG_BASE) === 0) indices.set(name, index);
  return indices;
}

/** The tables are read now, for the file may be closed when it is asked; a symbol is decoded when somebody asks for its name. */
function definitionsOf(file: ElfFile): Definitions {
  file.loadDynamicSymbols();
  const indices = versionIndices(file);
  return {
    get: (name) => chainOf(file.definitionsNamed(name), indices),
    fault: (name) => file.searchFault(name),
  };
}

/** From the last on, so that the chain comes out in table order. */
function chainOf(
  symbols: readonly ElfSymbol[],
  indices: ReadonlyMap<string, number>,
): Definition | undefined {
  if (symbols.length === 0) return undefined;
  let next: Definition | undefined;
  for (const {
    version,
    versionHidden,
    type,
    binding,
    visibility,
    address,
    absolute,
  } of symbols.toReversed()) {
    if (binding === "local") continue;
    next = {
      version,
      versionIndex: version === undefined ? 1 : (indices.get(version) ?? 1),
      versionHidden,
      type,
      binding,
      visibility,
      void: address === 0n && !absolute && type !== "tls",
      next,
    };
  }
  return next;
}
