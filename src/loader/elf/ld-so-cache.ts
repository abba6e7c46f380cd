import {
  EM_386,
  EM_AARCH64,
  EM_ARM,
  EM_PPC64,
  EM_RISCV,
  EM_S390,
  EM_X86_64,
} from "../../object/elf/constants.ts";

/*
 * /etc/ld.so.cache (glibc: sysdeps/generic/dl-cache.h). struct cache_file_new: magic and version, nlibs, len_strings,
 * flags, padding, extension_offset, 3 unused words; then nlibs entries of flags, key, value, osversion, hwcap. Key and
 * value are offsets from the structure's start.
 */

const MAGIC = "glibc-ld.so.cache1.1";
/** The format before 2.2, which may come before the new one. */
const OLD_MAGIC = "ld.so-1.7.0";
const OLD_HEADER = 16;
const OLD_ENTRY = 12;
const HEADER = 48;
const ENTRY = 24;
/** A longer path is none (PATH_MAX). */
const LONGEST = 4096;

/** FLAG_ELF_LIBC6 with what ldconfig adds for the machine (dl-cache.h). */
const FLAGS: Readonly<Record<string, number>> = {
  [`${EM_386}-32`]: 0x0003,
  [`${EM_X86_64}-64`]: 0x0303,
  [`${EM_X86_64}-32`]: 0x0803,
  [`${EM_AARCH64}-64`]: 0x0a03,
  [`${EM_ARM}-32`]: 0x0903,
  [`${EM_PPC64}-64`]: 0x0503,
  [`${EM_S390}-64`]: 0x0403,
  [`${EM_RISCV}-64`]: 0x1003,
};

/** An entry whose hwcap has that bit, and none but the level below it, is for a subfolder of glibc-hwcaps (dl_cache_hwcap_extension). */
const EXTENSION = 1n << 30n;
const ISA_LEVEL = 0x3ffn;
/** struct cache_extension: magic, count, then sections of tag, flags, offset and size. */
const EXTENSION_MAGIC = 0xeaa42174;
const EXTENSION_SECTION = 16;
const TAG_GLIBC_HWCAPS = 1;
const MOST_SECTIONS = 64;
/** _DL_HWCAP_TLS_MASK: what every processor of the last 20 years has. */
const TLS = 1n << 63n;

interface Entry {
  readonly path: string;
  readonly hwcap: bigint;
  /** The subfolder of glibc-hwcaps, if it is for one. */
  readonly subfolder: string | undefined;
}

/** What a loader may open of a name's entries. */
export interface CachePreference {
  /** GNU_PROPERTY_X86_ISA_1. */
  readonly isaLevels: number;
  /** Subfolders of glibc-hwcaps, the best first. */
  readonly hwcaps: readonly string[];
  /** Bits of folders that are named otherwise, but for the platform's. */
  readonly legacy: bigint;
  /** The bit of its platform, and those of all. */
  readonly platform: bigint;
  readonly platforms: bigint;
}

/** The names in the cache and where they lead. */
export class LdSoCache {
  readonly #entries: ReadonlyMap<string, readonly Entry[]>;

  private constructor(entries: ReadonlyMap<string, readonly Entry[]>) {
    this.#entries = entries;
  }

  /** Undefined if it is not a cache in a known format, or which entries are the machine's is unknown. */
  static parse(bytes: Buffer, machine: number, bits: 32 | 64): LdSoCache | undefined {
    const flags = FLAGS[`${machine}-${bits}`];
    const start = startOf(bytes);
    if (flags === undefined || start === undefined) return undefined;
    const big = (bytes[start + 28] ?? 0) === 3;
    const u32 = (at: number): number => (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
    const count = u32(start + 20);
    if (start + HEADER + count * ENTRY > bytes.length) return undefined;
    const text = (offset: number): string | undefined => {
      const end = bytes.indexOf(0, start + offset);
      return end === -1 || end - start - offset > LONGEST
        ? undefined
        : bytes.toString("latin1", start + offset, end);
    };
    const names = subfolderNames(bytes.subarray(start), u32(start + 32), (at) => u32(start + at));
    const entries = new Map<string, Entry[]>();
    for (let index = 0; index < count; index++) {
      const at = start + HEADER + index * ENTRY;
      if (u32(at) !== flags) continue;
      const [key, path] = [text(u32(at + 4)), text(u32(at + 8))];
      if (key === undefined || path === undefined) continue;
      const hwcap = big ? bytes.readBigUInt64BE(at + 16) : bytes.readBigUInt64LE(at + 16);
      const named = names[Number(hwcap & 0xffffffffn)];
      const isNamed = ((hwcap >> 32n) & ~ISA_LEVEL) === EXTENSION;
      const subfolder = isNamed ? ((named === undefined ? undefined : text(named)) ?? "") : undefined;
      const entry = { path, hwcap, subfolder };
      const others = entries.get(key);
      if (others === undefined) entries.set(key, [entry]);
      else others.push(entry);
    }
    return new LdSoCache(entries);
  }

  /** The path that a loader takes (elf/dl-cache.c, search_cache): the best of glibc-hwcaps, or else the first other one that fits. */
  find(
    name: string,
    { isaLevels, hwcaps, legacy, platform, platforms }: CachePreference,
  ): string | undefined {
    let best: { readonly path: string; readonly priority: number } | undefined;
    for (const { path, hwcap, subfolder } of this.#entries.get(name) ?? []) {
      if (subfolder === undefined) {
        if (best !== undefined) break;
        if ((hwcap & ~(legacy | platforms)) !== 0n) continue;
        if ((hwcap & platforms) !== 0n && (hwcap & platforms) !== platform) continue;
        return path;
      }
      const level = 1 << Number((hwcap >> 32n) & ISA_LEVEL);
      if (isaLevels !== 0 && (level & isaLevels) === 0) continue;
      const priority = hwcaps.indexOf(subfolder);
      if (priority !== -1 && (best === undefined || priority < best.priority)) best = { path, priority };
    }
    return best?.path;
  }

  /** Folders of copies of that name that not every processor takes. */
  graded(name: string): readonly string[] {
    return (this.#entries.get(name) ?? [])
      .filter(({ hwcap }) => (hwcap & ~TLS) !== 0n)
      .map(({ path }) => path.slice(0, path.lastIndexOf("/")));
  }
}

/** Offsets of the names of glibc-hwcaps' subfolders, by their number; none if the cache has no such section. */
function subfolderNames(bytes: Buffer, at: number, u32: (at: number) => number): readonly number[] {
  if (at === 0 || at + 8 > bytes.length || u32(at) !== EXTENSION_MAGIC) return [];
  const count = Math.min(u32(at + 4), MOST_SECTIONS);
  for (let index = 0; index < count; index++) {
    const section = at + 8 + index * EXTENSION_SECTION;
    if (section + EXTENSION_SECTION > bytes.length) return [];
    const [tag, offset, size] = [u32(section), u32(section + 8), u32(section + 12)];
    if (tag === TAG_GLIBC_HWCAPS && offset + size <= bytes.length)
      return Array.from({ length: Math.floor(size / 4) }, (_, each) => u32(offset + each * 4));
  }
  return [];
}

function startOf(bytes: Buffer): number | undefined {
  let start = 0;
  if (bytes.toString("latin1", 0, OLD_MAGIC.length) === OLD_MAGIC && bytes.length >= OLD_HEADER) {
    const entries = bytes.readUInt32LE(12);
    start = Math.ceil((OLD_HEADER + entries * OLD_ENTRY) / 8) * 8;
  }
  const found = bytes.toString("latin1", start, start + MAGIC.length) === MAGIC;
  return found && start + HEADER <= bytes.length ? start : undefined;
}
