import {
  EM_386,
  EM_X86_64,
  GNU_PROPERTY_X86_ISA_1_NEEDED,
  NT_GNU_PROPERTY_TYPE_0,
  PT_NOTE,
} from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";

/** A longer note is none of these. */
const LONGEST = 4096;

/** What every processor has that runs programs of 64 bits. */
const BASELINE = 1;

/**
 * The levels of x86-64 that a file asks for beyond the baseline: 2 v2, 4 v3, 8 v4; 0 for none. Of 32 bits: 1 is the baseline. As glibc does (sysdeps/x86/dl-prop.h):
 * the first property note in the last PT_NOTE whose alignment is a word's.
 * @throws FormatError
 */
export function isaLevelOf(file: ElfFile): number {
  const known = levelsOf.get(file);
  if (known !== undefined) return known;
  const levels = readIsaLevel(file) & (file.bits === 64 ? ~BASELINE : ~0);
  levelsOf.set(file, levels);
  return levels;
}

/** Of files that may be closed by now: a library is asked once while it is mapped, and again for every plugin that needs it. */
const levelsOf = new WeakMap<ElfFile, number>();

function readIsaLevel(file: ElfFile): number {
  if (file.machine !== EM_X86_64 && file.machine !== EM_386) return 0;
  const align = file.bits / 8;
  const segments = file.programHeaders
    .filter(({ type, alignment }) => type === PT_NOTE && alignment === BigInt(align))
    .reverse();
  for (const { offset, fileSize } of segments) {
    const note = file.notes.find(
      (each) =>
        each.name === "GNU" &&
        each.type === NT_GNU_PROPERTY_TYPE_0 &&
        BigInt(each.offset) >= offset &&
        BigInt(each.offset + each.size) <= offset + fileSize,
    );
    if (note !== undefined) return note.size <= LONGEST ? propertyOf(file.readNote(note, LONGEST), align) : 0;
  }
  return 0;
}

/** An array of type, size and that many bytes, each padded to a word, by ascending type. */
function propertyOf(bytes: Buffer, align: number): number {
  if (bytes.length % align !== 0) return 0;
  for (let at = 0; at + 8 <= bytes.length;) {
    const type = bytes.readUInt32LE(at);
    const size = bytes.readUInt32LE(at + 4);
    if (at + 8 + size > bytes.length) return 0;
    if (type === GNU_PROPERTY_X86_ISA_1_NEEDED) return size === 4 ? bytes.readUInt32LE(at + 8) : 0;
    at += 8 + Math.ceil(size / align) * align;
  }
  return 0;
}

/** "x86-64-v3" for the highest bit. */
export function isaName(levels: number): string {
  return levels >= 8 ? "x86-64-v4" : levels >= 4 ? "x86-64-v3" : levels >= 2 ? "x86-64-v2" : "x86-64";
}

/** What a target must have for a file of that level. */
export function isaNeed(levels: number): string {
  return `a processor of ${isaName(levels)}`;
}

/** Flags of /proc/cpuinfo that a level asks for beyond the one below (x86-64 psABI, table 3.1). */
const LEVELS: readonly (readonly [bit: number, flags: readonly string[]])[] = [
  [1, ["cmov", "cx8", "fpu", "fxsr", "mmx", "sse", "sse2"]],
  [2, ["cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"]],
  [4, ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"]],
  [8, ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]],
];

/** The levels of a processor with these flags; undefined if it is not an x86-64 one. */
export function isaLevelsOf(flags: ReadonlySet<string>): number | undefined {
  if (!flags.has("lm")) return undefined;
  let levels = 0;
  for (const [bit, wanted] of LEVELS) {
    if (!wanted.every((flag) => flags.has(flag))) break;
    levels |= bit;
  }
  return levels;
}

/** The levels up to one that is named: 7 for "x86-64-v3". Undefined if there is no such level. */
export function isaLevelsNamed(name: string): number | undefined {
  const bit = [1, 2, 4, 8].find((each) => isaName(each) === name);
  return bit === undefined ? undefined : 2 * bit - 1;
}
