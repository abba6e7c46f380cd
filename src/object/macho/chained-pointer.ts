import { pointerFormats } from "./constants.ts";

/** A way to lay a link of the chain and what it stands for into one word (mach-o/fixup-chains.h). */
export interface PointerFormat {
  readonly family: "arm64e" | "generic64" | "generic32";
  readonly bits: 32 | 64;
  /** Unit in which the distance to the next link is counted, in bytes. */
  readonly stride: number;
  /** Whether a plain target is an address; else it is an offset from the image's base. */
  readonly targetIsAddress: boolean;
  readonly ordinalBits: number;
}

const arm64e = { family: "arm64e", bits: 64, ordinalBits: 16 } as const;
const generic64 = { family: "generic64", bits: 64, ordinalBits: 24, stride: 4 } as const;
const generic32 = { family: "generic32", bits: 32, ordinalBits: 20, stride: 4 } as const;

/** DYLD_CHAINED_PTR_*: those of images; the formats of kernel collections, shared caches and firmware are left out. */
const formats = new Map<number, PointerFormat>([
  [pointerFormats.arm64e, { ...arm64e, stride: 8, targetIsAddress: true }],
  [pointerFormats.generic64, { ...generic64, targetIsAddress: true }],
  [pointerFormats.generic32, { ...generic32, targetIsAddress: true }],
  [pointerFormats.generic64Offset, { ...generic64, targetIsAddress: false }],
  [pointerFormats.arm64eKernel, { ...arm64e, stride: 4, targetIsAddress: false }],
  [pointerFormats.arm64eUserland, { ...arm64e, stride: 8, targetIsAddress: false }],
  [pointerFormats.arm64eFirmware, { ...arm64e, stride: 4, targetIsAddress: true }],
  [pointerFormats.arm64eUserland24, { ...arm64e, stride: 8, targetIsAddress: false, ordinalBits: 24 }],
]);

export function pointerFormat(number: number): PointerFormat | undefined {
  return formats.get(number);
}

/** What a link stands for. */
export type ChainedTarget =
  | { readonly kind: "address"; readonly address: bigint }
  | { readonly kind: "bind"; readonly ordinal: number; readonly addend: bigint }
  | { readonly kind: "plain"; readonly value: bigint };

/** Bytes from this link to the next; 0 at the chain's end. */
export function chainedNext(format: PointerFormat, word: bigint): number {
  switch (format.family) {
    case "arm64e":
      return field(word, 51, 11) * format.stride;
    case "generic64":
      return field(word, 51, 12) * format.stride;
    case "generic32":
      return field(word, 26, 5) * format.stride;
  }
}

/**
 * @param base address of the Mach-O header.
 * @param maxValidPointer of a 32-bit segment: a higher target is a number that was put into the chain to keep it
 * together (fixup-chains.h, dyld_chained_ptr_32_rebase); 0 if there is no such limit.
 */
export function chainedTarget(
  format: PointerFormat,
  word: bigint,
  base: bigint,
  maxValidPointer: number,
): ChainedTarget {
  const address = (low: number) => {
    const target = BigInt.asUintN(low, word);
    return BigInt.asUintN(64, format.targetIsAddress ? target : base + target);
  };
  switch (format.family) {
    case "arm64e": {
      const isAuthenticated = field(word, 63, 1) === 1;
      if (field(word, 62, 1) === 1) {
        const addend = isAuthenticated ? 0n : BigInt.asIntN(19, word >> 32n);
        return { kind: "bind", ordinal: field(word, 0, format.ordinalBits), addend };
      }
      // A signed target is an offset in every format; the key and diversity above it do not move it.
      if (isAuthenticated) return { kind: "address", address: base + BigInt.asUintN(32, word) };
      // The top byte (high8) is a tag that the CPU ignores when it follows the pointer.
      return { kind: "address", address: address(43) };
    }
    case "generic64":
      if (field(word, 63, 1) === 1) {
        return { kind: "bind", ordinal: field(word, 0, 24), addend: BigInt(field(word, 24, 8)) };
      }
      return { kind: "address", address: address(36) };
    case "generic32": {
      if (field(word, 31, 1) === 1) {
        return { kind: "bind", ordinal: field(word, 0, 20), addend: BigInt(field(word, 20, 6)) };
      }
      const target = field(word, 0, 26);
      if (maxValidPointer === 0 || target <= maxValidPointer)
        return { kind: "address", address: BigInt(target) };
      const bias = Math.floor((0x400_0000 + maxValidPointer) / 2);
      return { kind: "plain", value: BigInt.asUintN(32, BigInt(target - bias)) };
    }
  }
}

/** At most 32 bits of a word, from bit `low`. */
function field(word: bigint, low: number, count: number): number {
  return Number(BigInt.asUintN(count, word >> BigInt(low)));
}
