import { numbers } from "./elf-structures.ts";
import type { Encoded } from "./elf-structures.ts";

/** gABI 5: elf_hash. */
export function sysvHash(name: string): number {
  let hash = 0;
  for (const byte of Buffer.from(name)) {
    hash = (hash * 16 + byte) % 2 ** 32;
    const high = Math.floor(hash / 2 ** 28);
    hash = ((hash % 2 ** 28) ^ (high * 16)) >>> 0;
  }
  return hash;
}

/** glibc dl_new_hash. */
export function gnuHash(name: string): number {
  let hash = 5381;
  for (const byte of Buffer.from(name)) hash = (hash * 33 + byte) % 2 ** 32;
  return hash;
}

/** DT_HASH over symbols in table order, the null symbol's name first. s390x wants 8-byte words. */
export function sysvHashTable(names: readonly string[], wordSize: 4 | 8, encoded: Encoded): Buffer {
  const bucketCount = Math.max(1, Math.floor(names.length / 2));
  const buckets = new Array<number>(bucketCount).fill(0);
  const chains = new Array<number>(names.length).fill(0);
  names.forEach((name, index) => {
    if (index === 0) return;
    const bucket = sysvHash(name) % bucketCount;
    chains[index] = buckets[bucket] ?? 0;
    buckets[bucket] = index;
  });
  return numbers([bucketCount, names.length, ...buckets, ...chains], wordSize, encoded);
}

export function gnuBucketCount(hashed: number): number {
  return Math.max(1, Math.floor(hashed / 3));
}

/** DT_GNU_HASH over the symbols from `first` on, which must be sorted by bucket. */
export function gnuHashTable(hashed: readonly string[], first: number, encoded: Encoded): Buffer {
  const shift = 6;
  const bloomSize = 2;
  const { bits } = encoded;
  const bloom = new Array<bigint>(bloomSize).fill(0n);
  const buckets = new Array<number>(gnuBucketCount(hashed.length)).fill(0);
  const hashes = hashed.map(gnuHash);
  const chains = hashes.map((hash, index) => {
    const bucket = hash % buckets.length;
    const word = Math.floor(hash / bits) % bloomSize;
    bloom[word] = (bloom[word] ?? 0n) | (1n << BigInt(hash % bits)) | (1n << BigInt((hash >>> shift) % bits));
    if (buckets[bucket] === 0) buckets[bucket] = first + index;
    const next = hashes[index + 1];
    const last = next === undefined || next % buckets.length !== bucket;
    return last ? (hash | 1) >>> 0 : (hash & ~1) >>> 0;
  });
  return Buffer.concat([
    numbers([buckets.length, first, bloomSize, shift], 4, encoded),
    numbers(bloom, bits / 8, encoded),
    numbers(buckets, 4, encoded),
    numbers(chains, 4, encoded),
  ]);
}
