import {
  EM_386,
  EM_68K,
  EM_AARCH64,
  EM_ARM,
  EM_BPF,
  EM_LOONGARCH,
  EM_MIPS,
  EM_PPC,
  EM_PPC64,
  EM_RISCV,
  EM_S390,
  EM_SPARC,
  EM_SPARCV9,
  EM_X86_64,
} from "./constants.ts";
import type { Encoding } from "./encoding.ts";

type Names = Readonly<Record<`${32 | 64}-${"little" | "big"}`, string | undefined>>;

const everywhere = (name: string): Names => ({
  "32-little": name,
  "32-big": name,
  "64-little": name,
  "64-big": name,
});
const byWidth = (narrow: string | undefined, wide: string | undefined): Names => ({
  "32-little": narrow,
  "32-big": narrow,
  "64-little": wide,
  "64-big": wide,
});

/** e_machine (gABI 4, "ELF Header") to the architecture as LLVM reads it in a triple (llvm/lib/TargetParser/Triple.cpp). */
const ARCHITECTURES: Readonly<Record<number, Names>> = {
  [EM_SPARC]: everywhere("sparc"),
  [EM_386]: everywhere("i386"),
  [EM_68K]: everywhere("m68k"),
  [EM_MIPS]: { "32-little": "mipsel", "32-big": "mips", "64-little": "mips64el", "64-big": "mips64" },
  [EM_PPC]: { ...everywhere("powerpc"), "32-little": "powerpcle" },
  [EM_PPC64]: { ...everywhere("powerpc64"), "64-little": "powerpc64le" },
  [EM_S390]: byWidth(undefined, "s390x"),
  [EM_ARM]: { ...everywhere("arm"), "32-big": "armeb" },
  [EM_SPARCV9]: everywhere("sparcv9"),
  [EM_X86_64]: byWidth("x86_64-x32", "x86_64"),
  [EM_AARCH64]: { ...byWidth("aarch64_32", "aarch64"), "64-big": "aarch64_be" },
  [EM_RISCV]: byWidth("riscv32", "riscv64"),
  [EM_BPF]: { ...everywhere("bpfel"), "64-big": "bpfeb" },
  [EM_LOONGARCH]: byWidth("loongarch32", "loongarch64"),
};

/** `unknown-<e_machine>` if LLVM has no name, or this list lacks it. */
export function archOf(machine: number, { bits, endian }: Encoding): string {
  return ARCHITECTURES[machine]?.[`${bits}-${endian}`] ?? `unknown-${machine}`;
}

/** What a dynamic relocation does to an address-sized word. B is the load address, S the symbol, A the addend. */
export type RelocationEffect =
  /** B + A */
  | "relative"
  /** S + A */
  | "symbol"
  /** S; the word in place is not an addend but what the lazy binder wants. */
  | "slot"
  /** What a function returns that is called at B + A. */
  | "resolver"
  | "unknown";

interface Effects {
  readonly relative: number;
  readonly symbol: number;
  readonly slots: readonly number[];
  readonly resolver: number;
}

/**
 * Relocation types that fill a whole pointer, each from the machine's psABI as numbered in elf.h. Left out: MIPS and SPARC, whose
 * types are composed or carry data; AArch64 ILP32; and R_PPC64_JMP_SLOT, which copies a descriptor in one of two ABIs.
 */
const EFFECTS: Readonly<Record<string, Effects>> = {
  [`${EM_386}-32`]: { relative: 8, symbol: 1, slots: [6, 7], resolver: 42 },
  [`${EM_X86_64}-64`]: { relative: 8, symbol: 1, slots: [6, 7], resolver: 37 },
  [`${EM_X86_64}-32`]: { relative: 8, symbol: 10, slots: [6, 7], resolver: 37 },
  [`${EM_ARM}-32`]: { relative: 23, symbol: 2, slots: [21, 22], resolver: 160 },
  [`${EM_AARCH64}-64`]: { relative: 1027, symbol: 257, slots: [1025, 1026], resolver: 1032 },
  [`${EM_RISCV}-32`]: { relative: 3, symbol: 1, slots: [5], resolver: 58 },
  [`${EM_RISCV}-64`]: { relative: 3, symbol: 2, slots: [5], resolver: 58 },
  [`${EM_PPC}-32`]: { relative: 22, symbol: 1, slots: [20], resolver: 248 },
  [`${EM_PPC64}-64`]: { relative: 22, symbol: 38, slots: [20], resolver: 248 },
  [`${EM_S390}-64`]: { relative: 12, symbol: 22, slots: [10, 11], resolver: 61 },
  [`${EM_LOONGARCH}-32`]: { relative: 3, symbol: 1, slots: [5], resolver: 12 },
  [`${EM_LOONGARCH}-64`]: { relative: 3, symbol: 2, slots: [5], resolver: 12 },
};

export function relocationEffect(machine: number, bits: 32 | 64, type: number): RelocationEffect {
  const effects = EFFECTS[`${machine}-${bits}`];
  if (effects === undefined) return "unknown";
  if (type === effects.relative) return "relative";
  if (type === effects.symbol) return "symbol";
  if (type === effects.resolver) return "resolver";
  return effects.slots.includes(type) ? "slot" : "unknown";
}

/** The type that DT_RELR stands for; undefined if this list lacks the machine. */
export function relativeType(machine: number, bits: 32 | 64): number | undefined {
  return EFFECTS[`${machine}-${bits}`]?.relative;
}
