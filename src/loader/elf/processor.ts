import { fileErrorCode, readSmallFile, type Files } from "../../files/files.ts";
import { EM_386, EM_AARCH64, EM_ARM, EM_PPC64, EM_S390, EM_X86_64 } from "../../object/elf/constants.ts";
import { isaLevelsOf } from "./isa-level.ts";

/** A name that glibc knows for something that a processor has, and its bit in ld.so.cache; 0 if it has none there. */
export interface NamedBit {
  readonly name: string;
  readonly bit: bigint;
}

/** What glibc's loader takes from the processor when it looks for libraries. */
export interface Processor {
  /** GNU_PROPERTY_X86_ISA_1; 0 on other machines. */
  readonly isaLevels: number;
  /** Subfolders of glibc-hwcaps, the best first (sysdeps/<machine>/dl-hwcaps-subdirs.c). */
  readonly hwcaps: readonly string[];
  /** Names of bits of AT_HWCAP, in their order (HWCAP_IMPORTANT). Glibc searches folders of these names until 2.36. */
  readonly features: readonly NamedBit[];
  /** AT_PLATFORM, or what glibc makes of it; undefined if that is unknown. */
  readonly platform: NamedBit | undefined;
}

/** What /proc/cpuinfo tells of this machine's processor. */
export interface OwnProcessor {
  /** Undefined if it is not an x86-64 one. */
  readonly isaLevels: number | undefined;
  readonly isIntel: boolean;
  readonly flags: ReadonlySet<string>;
}

/** Some kilobytes per processor: anything longer is not Linux's /proc/cpuinfo. */
const LONGEST_CPU_INFO = 64 * 1024 * 1024;

/** This machine's processor; undefined if the kernel does not tell. */
export function readOwnProcessor(files: Files): OwnProcessor | undefined {
  let text: string;
  try {
    text = readSmallFile(files, "/proc/cpuinfo", LONGEST_CPU_INFO)?.toString("latin1") ?? "";
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1];
  if (flags === undefined) return undefined;
  const set = new Set(flags.split(" "));
  return { isaLevels: isaLevelsOf(set), isIntel: /^vendor_id\s*:\s*GenuineIntel$/m.test(text), flags: set };
}

/** What is known of the processor that a host runs on. */
export interface KnownProcessor {
  /** This machine's, if the host runs here. */
  readonly own: OwnProcessor | undefined;
  /** GNU_PROPERTY_X86_ISA_1, as it was given or read. */
  readonly isaLevels: number | undefined;
}

/** All processors that it may be: one if it is known. The first has the least. */
export function possibleProcessors(
  machine: number,
  bits: 32 | 64,
  known: KnownProcessor,
): readonly [Processor, ...Processor[]] {
  switch (`${machine}-${bits}`) {
    case `${EM_X86_64}-64`:
      return amd64(known);
    case `${EM_386}-32`:
      return i386(known);
    case `${EM_AARCH64}-64`:
      return arm64(known);
    case `${EM_ARM}-32`:
      return [[], [VFP], [VFP, NEON]].flatMap((features) =>
        ["v6l", "v7l", "v8l"].map((name) => other([], features, { name, bit: 0n })),
      ) as [Processor, ...Processor[]];
    case `${EM_PPC64}-64`:
      return ladder(["power9", "power10"]);
    case `${EM_S390}-64`:
      return ladder(["z13", "z14", "z15", "z16", "z17"]);
    default:
      return [other([], [], undefined)];
  }
}

/** sysdeps/x86/dl-hwcap.h and dl-procinfo.c. */
const SSE2: NamedBit = { name: "sse2", bit: 1n };
const X86_64: NamedBit = { name: "x86_64", bit: 2n };
const AVX512_1: NamedBit = { name: "avx512_1", bit: 4n };
const I586: NamedBit = { name: "i586", bit: 1n << 48n };
const I686: NamedBit = { name: "i686", bit: 1n << 49n };
const HASWELL: NamedBit = { name: "haswell", bit: 1n << 50n };
const XEON_PHI: NamedBit = { name: "xeon_phi", bit: 1n << 51n };
/** sysdeps/unix/sysv/linux/aarch64/dl-procinfo.h, HWCAP_IMPORTANT. */
const ATOMICS: NamedBit = { name: "atomics", bit: 1n << 8n };
/** sysdeps/unix/sysv/linux/arm/dl-procinfo.h. */
const VFP: NamedBit = { name: "vfp", bit: 1n << 6n };
const NEON: NamedBit = { name: "neon", bit: 1n << 12n };

/** The bits of an entry of ld.so.cache that are a platform's (_DL_HWCAP_PLATFORM). */
export function platformBits(machine: number): bigint {
  return machine === EM_X86_64 || machine === EM_386 ? 0xfn << 48n : 0n;
}

const LEVELS = [
  { bit: 8, name: "x86-64-v4" },
  { bit: 4, name: "x86-64-v3" },
  { bit: 2, name: "x86-64-v2" },
] as const;

/** Only for Intel's own processors glibc has names of its own (sysdeps/x86/cpu-features.c, init_cpu_features). */
function amd64({ own, isaLevels }: KnownProcessor): readonly [Processor, ...Processor[]] {
  const plain = { name: "x86_64", bit: 0n };
  const of = (levels: number, features: readonly NamedBit[], platform: NamedBit): Processor => ({
    isaLevels: levels,
    hwcaps: LEVELS.filter(({ bit }) => (levels & bit) !== 0).map(({ name }) => name),
    features,
    platform,
  });
  const ordinary = (levels: number): Processor => of(levels, [X86_64], plain);
  const intels = (levels: number): readonly Processor[] => {
    if ((levels & 4) === 0) return [];
    if ((levels & 8) !== 0) return [of(levels, [X86_64, AVX512_1], HASWELL)];
    return [of(levels, [X86_64], HASWELL), of(levels, [X86_64], XEON_PHI)];
  };
  if (own !== undefined && isaLevels !== undefined) {
    if (!own.isIntel) return [ordinary(isaLevels)];
    const isPhi = ["avx512cd", "avx512er", "avx512pf"].every((flag) => own.flags.has(flag));
    const found = intels(isaLevels).find(({ platform }) => (platform === XEON_PHI) === isPhi);
    return [found ?? ordinary(isaLevels)];
  }
  const [first = 1, ...more] = isaLevels === undefined ? [1, 3, 7, 15] : [isaLevels];
  return [ordinary(first), ...intels(first), ...more.flatMap((each) => [ordinary(each), ...intels(each)])];
}

/** A 64-bit processor has them all. */
function i386({ own }: KnownProcessor): readonly [Processor, ...Processor[]] {
  const best = other([], [SSE2], I686);
  return own?.isaLevels === undefined ? [other([], [], I586), other([], [], I686), best] : [best];
}

function arm64({ own }: KnownProcessor): readonly [Processor, ...Processor[]] {
  const platform = { name: "aarch64", bit: 0n };
  const [plain, atomics] = [other([], [], platform), other([], [ATOMICS], platform)];
  // Of another machine, which is emulated, the file tells nothing.
  if (own?.flags.has("asimd") !== true) return [plain, atomics];
  return [own.flags.has("atomics") ? atomics : plain];
}

/** Each has what the one before has. */
function ladder(names: readonly string[]): readonly [Processor, ...Processor[]] {
  const steps = names.map((_, index) => other(names.slice(0, index + 1).reverse(), [], undefined));
  return [other([], [], undefined), ...steps];
}

function other(
  hwcaps: readonly string[],
  features: readonly NamedBit[],
  platform: NamedBit | undefined,
): Processor {
  return { isaLevels: 0, hwcaps, features, platform };
}
