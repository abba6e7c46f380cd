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

/** The names in the cache and where they lead. */
export class LdSoCache {
  readonly #paths: ReadonlyMap<string, string>;

  private constructor(paths: ReadonlyMap<string, string>) {
    this.#paths = paths;
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
    const paths = new Map<string, string>();
    for (let index = 0; index < count; index++) {
      const at = start + HEADER + index * ENTRY;
      // A library for better processors is listed beside the one for all, which has the same symbols: hwcap is 0 there.
      if (u32(at) !== flags || bytes.readBigUInt64LE(at + 16) !== 0n) continue;
      const [key, value] = [text(u32(at + 4)), text(u32(at + 8))];
      if (key !== undefined && value !== undefined && !paths.has(key)) paths.set(key, value);
    }
    return new LdSoCache(paths);
  }

  find(name: string): string | undefined {
    return this.#paths.get(name);
  }
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
