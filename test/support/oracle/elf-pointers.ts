import type { ElfFile } from "../../../src/object/elf/file.ts";
import type { Pointer } from "../../../src/object/object-file.ts";
import type { ElfFacts, RelocationFact } from "./elf-facts.ts";
import { randomNumbers } from "./sample.ts";

/** What a word at an address ought to be, worked out from a tool's relocations and the file's bytes alone. */
export interface ExpectedPointer {
  readonly address: bigint;
  /** Of an unknown one no reason is expected. */
  readonly pointer: Pointer | { readonly kind: "unknown" };
}

const PT_LOAD = 1;
const PF_W = 2;
const SHN_ABS = 0xfff1;
const STT_TLS = 6;
const STT_GNU_IFUNC = 10;

/**
 * By the names psABIs give: the symbol's address goes into the word, with or without an addend. R_PPC64_JMP_SLOT does so in
 * one of two ABIs alone, and nothing is said of it.
 */
const BY_SYMBOL =
  /^R_(X86_64_64|AARCH64_ABS64|ARM_ABS32|386_32|RISCV_64|390_64|PPC64_ADDR64|LARCH_64|(?!PPC64_)\w+_(GLOB_DAT|JUMP_SLOT|JMP_SLOT))$/;
const SLOT = /_(JUMP_SLOT|JMP_SLOT)$/;

/** Every word that exactly one dynamic relocation changes. */
export function expectedPointers(
  facts: ElfFacts,
  { bits, endian }: ElfFile,
  bytes: Buffer,
): ExpectedPointer[] {
  const loaded = relocationsOf(facts);
  const times = new Map<bigint, number>();
  for (const { offset } of loaded) times.set(offset, (times.get(offset) ?? 0) + 1);
  return loaded
    .filter(({ offset }) => times.get(offset) === 1)
    .map((relocation) => {
      const inPlace = (): bigint => wordAt(facts, bytes, relocation.offset, bits, endian) ?? 0n;
      return { address: relocation.offset, pointer: expected(facts, relocation, bits, inPlace) };
    });
}

/** Aligned words of the writable segments at random places that no relocation names. */
export function plainWords(facts: ElfFacts, file: ElfFile, bytes: Buffer, most: number): ExpectedPointer[] {
  const { bits, endian } = file;
  const width = BigInt(bits / 8);
  const changed = new Set(relocationsOf(facts).map(({ offset }) => offset));
  const writable = facts.segments.filter(
    ({ type, flags, fileSize }) => type === PT_LOAD && (flags & PF_W) !== 0 && fileSize >= 2n * width,
  );
  const next = randomNumbers(7);
  return writable.flatMap(({ address, fileSize }) =>
    Array.from({ length: most }, () => {
      const first = (address + width - 1n) / width;
      const count = fileSize / width - 1n;
      return (first + BigInt(Math.floor(next() * Number(count)))) * width;
    })
      .filter((at) => !changed.has(at))
      .map((at) => ({
        address: at,
        pointer: { kind: "plain" as const, value: wordAt(facts, bytes, at, bits, endian) ?? 0n },
      })),
  );
}

function relocationsOf({ sections, relocations }: ElfFacts): RelocationFact[] {
  const loaded = relocations.filter(({ section }) => ((sections[section]?.flags ?? 0n) & 2n) !== 0n);
  return loaded.flatMap(({ entries }) => entries).filter(({ type }) => type !== 0);
}

function expected(
  facts: ElfFacts,
  { typeName, symbol: index, addend }: RelocationFact,
  bits: 32 | 64,
  inPlace: () => bigint,
): ExpectedPointer["pointer"] {
  if (typeName.endsWith("_RELATIVE"))
    return { kind: "address", address: BigInt.asUintN(bits, addend ?? inPlace()) };
  if (!BY_SYMBOL.test(typeName)) return { kind: "unknown" };
  const symbol = facts.dynamicSymbols[index];
  if (symbol === undefined || index === 0) return { kind: "unknown" };
  if (symbol.section === 0) return { kind: "import", symbol: symbol.name.replace(/@.*/, "") };
  if (symbol.section === SHN_ABS || symbol.type === STT_TLS || symbol.type === STT_GNU_IFUNC)
    return { kind: "unknown" };
  // In a REL file the slot holds the address of the code that binds it later, which is no addend.
  const added = addend ?? (SLOT.test(typeName) ? 0n : inPlace());
  return { kind: "address", address: BigInt.asUintN(bits, symbol.address + added) };
}

/** Undefined where no file content is mapped. */
function wordAt(
  { segments }: ElfFacts,
  bytes: Buffer,
  address: bigint,
  bits: 32 | 64,
  endian: "little" | "big",
): bigint | undefined {
  const segment = segments.find(
    (one) => one.type === PT_LOAD && address >= one.address && address < one.address + one.fileSize,
  );
  if (segment === undefined) return undefined;
  const at = Number(address - segment.address + segment.offset);
  if (bits === 64) return endian === "little" ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
  return BigInt(endian === "little" ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
}
