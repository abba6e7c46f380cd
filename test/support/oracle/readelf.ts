import { outputOf, type Tool } from "./tool.ts";

/** What binutils' readelf says of an ELF file: a second opinion, from code that shares nothing with LLVM's. */
export interface ReadelfFacts {
  /** DT_NEEDED, in order. */
  readonly neededLibraries: readonly string[];
  /** DT_SONAME. */
  readonly soname: string | undefined;
  readonly versionNeeds: readonly VersionNeedFact[];
  /** Names of the versions the file defines, the base version (its own name) included. */
  readonly versionDefinitions: readonly string[];
  /** .dynsym in order, with its null entry. */
  readonly dynamicSymbols: readonly ReadelfSymbol[];
  /** Tables in the order they are printed. */
  readonly relocations: readonly ReadelfRelocationTable[];
}

export interface VersionNeedFact {
  readonly file: string;
  readonly versions: readonly { readonly name: string; readonly index: number; readonly weak: boolean }[];
}

export interface ReadelfSymbol {
  /** With its version, if any, behind one `@`. */
  readonly name: string;
  /** Without STT_: FUNC, OBJECT, SECTION. */
  readonly type: string;
  readonly address: bigint;
  readonly size: bigint;
}

export interface ReadelfRelocationTable {
  readonly section: string;
  /** `info` is r_info as it stands in the file; undefined in a RELR table, whose entries are the unfolded addresses. */
  readonly entries: readonly { readonly offset: bigint; readonly info: bigint | undefined }[];
}

export function readelfFacts(readelf: Tool, path: string): ReadelfFacts {
  const lines = outputOf(readelf, ["-W", "-d", "--dyn-syms", "-r", "-V", path]).split("\n");
  return {
    neededLibraries: valuesOf(lines, /^ 0x[0-9a-f]+ \(NEEDED\) +Shared library: \[(.*)\]$/),
    soname: valuesOf(lines, /^ 0x[0-9a-f]+ \(SONAME\) +Library soname: \[(.*)\]$/)[0],
    versionNeeds: versionNeedsIn(lines),
    versionDefinitions: valuesOf(lines, /^ {2}\w+: Rev: \d+ .* Name: (.*)$/),
    dynamicSymbols: lines.flatMap((line) => symbolIn(line) ?? []),
    relocations: relocationsIn(lines),
  };
}

function valuesOf(lines: readonly string[], pattern: RegExp): string[] {
  return lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
}

function versionNeedsIn(lines: readonly string[]): VersionNeedFact[] {
  const needs: { file: string; versions: VersionNeedFact["versions"][number][] }[] = [];
  for (const line of lines) {
    const file = /^ {2}\w+: Version: \d+ {2}File: (.*?) {2}Cnt: \d+$/.exec(line)?.[1];
    if (file !== undefined) needs.push({ file, versions: [] });
    const [, name, flags, index] =
      /^ {2}\w+: {3}Name: (.*?) {2}Flags: (.*?) {2}Version: (\d+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    needs.at(-1)?.versions.push({ name, index: Number(index), weak: flags?.includes("WEAK") === true });
  }
  return needs;
}

/** `     1: 0000000000000000     0 FUNC    GLOBAL DEFAULT [<localentry>: 8] UND free@GLIBC_2.2.5 (40)` */
const SYMBOL = /^ *\d+: ([0-9a-f]+) +(\w+) (\S+) +\S+ +\S+ +(?:\[[^\]]*\] +)?\S+(?: (.*))?$/;

function symbolIn(line: string): ReadelfSymbol | undefined {
  const [, address, size, type = "", printed = ""] = SYMBOL.exec(line) ?? [];
  if (address === undefined || size === undefined) return undefined;
  const name = printed.replace(/ \(\d+\)$/, "").replace("@@", "@");
  return { name, type, address: BigInt(`0x${address}`), size: BigInt(size) };
}

function relocationsIn(lines: readonly string[]): ReadelfRelocationTable[] {
  const tables: { section: string; entries: ReadelfRelocationTable["entries"][number][] }[] = [];
  for (const line of lines) {
    const section = /^Relocation section '(.*)' at offset/.exec(line)?.[1];
    if (section !== undefined) tables.push({ section, entries: [] });
    const [, offset, info] = /^([0-9a-f]{8,16})(?: +([0-9a-f]{8,16}) .*)?$/.exec(line) ?? [];
    if (offset === undefined) continue;
    tables.at(-1)?.entries.push({
      offset: BigInt(`0x${offset}`),
      info: info === undefined ? undefined : BigInt(`0x${info}`),
    });
  }
  return tables;
}
