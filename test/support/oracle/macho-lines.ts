import type { MachoExport } from "../../../src/object/macho/export-trie.ts";
import type { MachoSection } from "../../../src/object/macho/segment-table.ts";
import type { BuildVersion } from "../../../src/object/macho/version.ts";
import type { ObjectSymbol, Segment } from "../../../src/object/object-file.ts";
import type { ExportFact, LoadCommandFact, NlistFact } from "./macho-facts.ts";

/*
 * What our reader and what a tool says of the same thing, as lines that are equal where the two agree.
 */

type Fields = ReadonlyMap<string, string>;

/** The section headers of all segments, in order. */
export function sectionsIn(commands: readonly LoadCommandFact[]): readonly Fields[] {
  return commands.flatMap(({ sections }) => sections);
}

/** LC_SEGMENT and LC_SEGMENT_64. */
export function segmentsIn(commands: readonly LoadCommandFact[]): readonly Fields[] {
  return commands
    .filter(({ command }) => command.startsWith("LC_SEGMENT"))
    .filter(hasName)
    .map(({ fields }) => fields);
}

export function sectionLine(fields: Fields): string {
  const zeroFill = text(fields, "type").includes("ZEROFILL");
  const offset = zeroFill ? "" : text(fields, "offset");
  return row(
    text(fields, "segname"),
    text(fields, "sectname"),
    hex(fields, "addr"),
    hex(fields, "size"),
    offset,
    zeroFill,
  );
}

export function ourSectionLine(one: MachoSection): string {
  return row(one.segment, one.name, one.address, one.size, one.zeroFill ? "" : one.offset, one.zeroFill);
}

export function segmentLine(fields: Fields): string {
  const place = [
    hex(fields, "vmaddr"),
    hex(fields, "vmsize"),
    text(fields, "fileoff"),
    text(fields, "filesize"),
  ];
  return row(text(fields, "segname"), ...place, text(fields, "initprot"));
}

export function ourSegmentLine(one: Segment): string {
  const rights = [one.readable ? "r" : "-", one.writable ? "w" : "-", one.executable ? "x" : "-"].join("");
  return row(one.name, one.address, one.memorySize, one.offset, one.fileSize, rights);
}

export function exportLine({ name, address, flags }: ExportFact): string {
  const kind = flags.find((flag) => flag !== "weak_def") ?? "address";
  return row(name, address, kind.replace("per-thread", "thread-local"), flags.includes("weak_def"));
}

export function ourExportLine(one: MachoExport): string {
  const address = one.kind === "re-export" ? undefined : one.kind === "absolute" ? one.value : one.address;
  return row(one.name, address, one.kind, one.weak);
}

/** nlist.h: N_STAB, N_UNDF, N_ABS, N_SECT; N_WEAK_REF, N_WEAK_DEF. */
const STAB = 0xe0;
const UNDEFINED = 0;
const ABSOLUTE = 2;
const WEAK_REFERENCE = 0x40;
const WEAK_DEFINITION = 0x80;

export function isStab({ type }: NlistFact): boolean {
  return (type & STAB) !== 0;
}

export function isImport(entry: NlistFact): boolean {
  return !isStab(entry) && entry.external && entry.type === UNDEFINED;
}

export function isExport(entry: NlistFact): boolean {
  return !isStab(entry) && entry.external && !entry.privateExternal && entry.type !== UNDEFINED;
}

export function nlistLine(one: NlistFact, sections: readonly Fields[]): string {
  const isWeak = (one.description & (one.type === UNDEFINED ? WEAK_REFERENCE : WEAK_DEFINITION)) !== 0;
  const binding = !one.external || one.privateExternal ? "local" : isWeak ? "weak" : "global";
  const section = one.section === undefined ? undefined : sections[one.section - 1];
  return row(one.name, one.value, binding, one.type !== UNDEFINED, one.type === ABSOLUTE, typeIn(section));
}

export function ourSymbolLine(one: ObjectSymbol): string {
  return row(one.name, one.address, one.binding, one.defined, one.absolute, one.type);
}

/** Mach-O does not say what a symbol is: the section it lies in does. */
function typeIn(section: Fields | undefined): ObjectSymbol["type"] {
  if (section === undefined) return "none";
  if (text(section, "type").startsWith("S_THREAD_LOCAL")) return "tls";
  return /(PURE|SOME)_INSTRUCTIONS/.test(text(section, "attributes")) ? "function" : "object";
}

/** `name /usr/lib/libSystem.B.dylib (offset 24)`, of one command of that kind after the other. */
export function namesIn(commands: readonly LoadCommandFact[], kind: RegExp, field: string): string[] {
  const found = commands.filter(({ command }) => kind.test(command));
  return found.map(({ fields }) => text(fields, field).replace(/ \(offset \d+\)$/, ""));
}

export function buildVersionLines(commands: readonly LoadCommandFact[]): string[] {
  return commands.flatMap(({ command, fields }) => {
    if (command === "LC_BUILD_VERSION")
      return row(text(fields, "platform"), text(fields, "minos"), text(fields, "sdk"));
    if (command !== "LC_VERSION_MIN_MACOSX") return [];
    return row("macos", text(fields, "version"), text(fields, "sdk"));
  });
}

export function ourBuildVersionLine({ platformName, minos, sdk }: BuildVersion): string {
  return row(platformName.toLowerCase(), minos, sdk ?? "n/a");
}

function hasName({ fields }: LoadCommandFact): boolean {
  return fields.has("segname");
}

function text(fields: Fields, key: string): string {
  return fields.get(key)?.trim() ?? "";
}

function hex(fields: Fields, key: string): bigint {
  return BigInt(text(fields, key));
}

function row(...cells: readonly unknown[]): string {
  return cells.map(String).join(" | ");
}
