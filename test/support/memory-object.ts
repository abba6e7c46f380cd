import { FormatError } from "../../src/object/format-error.ts";
import type {
  AddressPlace,
  ObjectFile,
  ObjectSymbol,
  Pointer,
  Section,
} from "../../src/object/object-file.ts";

/** What a memory object has; the rest is as in an ELF library for x86-64. */
export interface MemorySpec extends Partial<
  Pick<ObjectFile, "format" | "bits" | "endian" | "kind" | "size">
> {
  /** Its one segment, from `start` on. */
  readonly bytes: Buffer;
  /** Of zero-filled memory behind it. */
  readonly zeroes?: number;
  /** What the loader puts at an address; anywhere else is what the bytes say. */
  readonly pointers?: Readonly<Record<string, Pointer>>;
  readonly sections?: readonly Section[];
  readonly dynamic?: readonly ObjectSymbol[];
  readonly static?: readonly ObjectSymbol[];
}

/** The address of a memory object's first byte, and its offset in the file. */
export const start = 0x1000n;
export const startOffset = 0x40;

/** An object file without a format's structures: for what only asks for addresses, sections and symbols. */
export function memoryObject(spec: MemorySpec): ObjectFile {
  const { bytes, zeroes = 0, pointers = {}, sections = [], ...rest } = spec;
  const { dynamic = [], static: staticSymbols = [] } = spec;
  const end = start + BigInt(bytes.length);
  const bits = rest.bits ?? 64;
  const endian = rest.endian ?? "little";

  const locate = (address: bigint): AddressPlace => {
    if (address >= start && address < end) {
      const at = Number(address - start);
      return { kind: "file", offset: startOffset + at, available: bytes.length - at };
    }
    return address >= end && address < end + BigInt(zeroes) ? { kind: "zero-fill" } : { kind: "unmapped" };
  };
  const readAddress = (address: bigint, length: number, what: string): Buffer => {
    if (locate(address).kind !== "file")
      throw new FormatError({ what: `${what} is not in the file`, offset: 0 });
    const at = Number(address - start);
    return bytes.subarray(at, at + length);
  };
  const word = (address: bigint): bigint => {
    const read = readAddress(address, bits / 8, "word");
    const whole = Buffer.alloc(8);
    if (endian === "little") read.copy(whole);
    else read.copy(whole, 8 - read.length);
    return endian === "little" ? whole.readBigUInt64LE() : whole.readBigUInt64BE();
  };
  const contain = (symbols: readonly ObjectSymbol[], texts: readonly string[]): boolean =>
    symbols.some(({ name }) => texts.some((text) => name.includes(text)));

  return {
    format: rest.format ?? "elf",
    bits,
    endian,
    arch: "x86_64",
    machine: 62,
    kind: rest.kind ?? "shared-library",
    size: rest.size ?? startOffset + bytes.length,
    sections,
    sectionsNamed: (names) => sections.filter(({ name }) => names.includes(name)),
    segments: [],
    dynamicSymbols: dynamic,
    eachDynamicSymbol: () => dynamic,
    staticSymbols,
    neededLibraries: [],
    findDynamicSymbol: (name) => dynamic.find((symbol) => symbol.name === name && symbol.defined),
    dynamicStringsContain: (...texts) => contain(dynamic, texts),
    staticStringsContain: (...texts) => contain(staticSymbols, texts),
    readSection: (section, limit) => {
      if (Number(section.size) > limit) throw new FormatError({ what: "section is too long", offset: 0 });
      return readAddress(section.address, Number(section.size), "section");
    },
    locate,
    readAddress,
    pointerAt: (address) => pointers[String(address)] ?? { kind: "plain", value: word(address) },
  };
}

/** A defined symbol at the start of a memory object. */
export function memorySymbol(over: Partial<ObjectSymbol> = {}): ObjectSymbol {
  return {
    name: "otel_plugin_manifest",
    address: start,
    size: undefined,
    defined: true,
    binding: "global",
    type: "object",
    absolute: false,
    ...over,
  };
}
