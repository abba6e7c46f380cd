import type { ElfSection } from "../../../src/object/elf/section.ts";
import type { Note } from "../../../src/object/elf/note.ts";
import type { Relocation } from "../../../src/object/elf/relocation.ts";
import type { ObjectSymbol, Segment } from "../../../src/object/object-file.ts";
import type { ElfSectionFact, ElfSegmentFact, NoteFact, RelocationFact, SymbolFact } from "./elf-facts.ts";

/*
 * What our reader and what a tool says of the same thing, as lines that are equal where the two agree.
 */

const SHT_NOBITS = 8;
const SHF_ALLOC = 2n;
const SHF_COMPRESSED = 0x800n;

export function ourSectionLine(one: ElfSection): string {
  return row(
    one.name,
    one.address,
    one.offset,
    one.size,
    one.type,
    one.flags,
    one.zeroFill,
    one.loaded,
    one.compressed,
  );
}

export function sectionLine(one: ElfSectionFact): string {
  const loaded = (one.flags & SHF_ALLOC) !== 0n;
  const compressed = (one.flags & SHF_COMPRESSED) !== 0n;
  return row(
    one.name,
    one.address,
    one.offset,
    one.size,
    one.type,
    one.flags,
    one.type === SHT_NOBITS,
    loaded,
    compressed,
  );
}

export function ourSegmentLine(one: Segment): string {
  return row(
    one.address,
    one.memorySize,
    one.offset,
    one.fileSize,
    one.readable,
    one.writable,
    one.executable,
  );
}

export function segmentLine(one: ElfSegmentFact): string {
  const [executable, writable, readable] = [1, 2, 4].map((bit) => (one.flags & bit) !== 0);
  return row(one.address, one.memorySize, one.offset, one.fileSize, readable, writable, executable);
}

/** STB_* and STT_* in the words of our interface. */
const BINDINGS: Readonly<Record<number, ObjectSymbol["binding"]>> = {
  0: "local",
  1: "global",
  2: "weak",
  10: "global",
};
const TYPES: Readonly<Record<number, ObjectSymbol["type"]>> = {
  0: "none",
  1: "object",
  2: "function",
  3: "section",
  4: "file",
  5: "object",
  6: "tls",
  10: "ifunc",
};
const STT_SECTION = 3;
const SHN_UNDEF = 0;
const SHN_ABS = 0xfff1;

export function ourSymbolLine(one: ObjectSymbol): string {
  return row(ourSymbolName(one), one.address, one.size, one.binding, one.type, one.defined, one.absolute);
}

/** The name with its version as `SymbolFact` has it. In a static table some linkers make the version part of the name. */
export function ourSymbolName(one: ObjectSymbol): string {
  // The tools show the section's name for a section symbol, which has none of its own.
  if (one.type === "section") return "";
  return one.version === undefined ? one.name.replace("@@", "@") : `${one.name}@${one.version}`;
}

export function symbolLine(one: SymbolFact): string {
  const name = one.type === STT_SECTION ? "" : one.name;
  const binding = BINDINGS[one.binding] ?? "other";
  const type = TYPES[one.type] ?? "other";
  return row(name, one.address, one.size, binding, type, one.section !== SHN_UNDEF, one.section === SHN_ABS);
}

export function ourRelocationLine(one: Relocation): string {
  return row(one.address, one.type, one.symbolIndex, one.addend);
}

export function relocationLine(one: RelocationFact): string {
  return row(one.offset, one.type, one.symbol, one.addend);
}

/** Notes in the words of llvm-readobj; others it shows by their number. */
const NOTES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  GNU: {
    1: "NT_GNU_ABI_TAG (ABI version tag)",
    3: "NT_GNU_BUILD_ID (unique build ID bitstring)",
    5: "NT_GNU_PROPERTY_TYPE_0 (property note)",
  },
  Android: { 1: "NT_ANDROID_TYPE_IDENT" },
};

export function ourNoteLine({ name, type, size }: Note): string {
  return row(name, NOTES[name]?.[type] ?? `Unknown (0x${type.toString(16).padStart(8, "0")})`, size);
}

export function noteLine({ owner, type, size }: NoteFact): string {
  return row(owner, type, size);
}

function row(...cells: readonly unknown[]): string {
  return cells.map(String).join(" | ");
}
