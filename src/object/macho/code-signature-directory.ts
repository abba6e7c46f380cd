import { directoryVersions, hashTypeNumbers } from "./constants.ts";
import type { Region } from "./region.ts";

/*
 * struct __CodeDirectory {        xnu, osfmk/kern/cs_blobs.h; big-endian whatever the image is
 *   0  u32 magic;                 0xfade0c02
 *   4  u32 length;                of the whole blob, with identifier and hashes
 *   8  u32 version;
 *  12  u32 flags;                 CS_*
 *  16  u32 hashOffset;            of the first code slot; special slots lie before it
 *  20  u32 identOffset;
 *  24  u32 nSpecialSlots, nCodeSlots;
 *  32  u32 codeLimit;             what is signed: [0, codeLimit) of the image
 *  36  u8  hashSize, hashType, platform, pageSize;   pageSize as a power of two; 0 for one hash over all
 *  40  u32 spare2;
 *  44  u32 scatterOffset;         from version 0x20100
 *  48  u32 teamOffset;            from version 0x20200
 *  52  u32 spare3;                from version 0x20300
 *  56  u64 codeLimit64;
 * };
 */
const leastSize = 44;

export type HashAlgorithm = "sha1" | "sha256" | "sha384";

/** CS_HASHTYPE_*; the kernel prefers them in this order, last first (bsd/kern/ubc_subr.c, hashPriorities). */
const hashTypes: readonly (readonly [type: number, algorithm: HashAlgorithm, size: number])[] = [
  [hashTypeNumbers.sha1, "sha1", 20],
  [hashTypeNumbers.sha256Truncated, "sha256", 20],
  [hashTypeNumbers.sha256, "sha256", 32],
  [hashTypeNumbers.sha384, "sha384", 48],
];

/** What a signature says of the image: one hash for every page. */
export interface CodeDirectory {
  readonly version: number;
  /** CS_*, see `signatureFlags`. */
  readonly flags: number;
  readonly identifier: string;
  /** Of the developer whose certificate signed it; undefined for ad hoc signatures. */
  readonly teamId: string | undefined;
  /** Length of the signed part of the image, from its start, in bytes. */
  readonly codeLimit: bigint;
  /** In bytes; 0 for one page as long as `codeLimit`. */
  readonly pageSize: number;
  readonly hash: { readonly algorithm: HashAlgorithm; readonly size: number };
  /** Which of several the kernel uses: the highest. */
  readonly rank: number;
  /** One hash after the other, for each page. */
  readonly hashes: Buffer;
}

/**
 * Reads a CodeDirectory blob and checks it as the kernel does before it takes a signature.
 * @throws FormatError for one that the kernel does not take (cs_validate_codedirectory), or whose pages lie scattered.
 */
export function readDirectory(blob: Region): CodeDirectory {
  if (blob.size < leastSize) throw blob.problem("code directory is too short", 4, blob.size);
  const version = blob.u32(8);
  if (version < directoryVersions.oldest)
    throw blob.problem("version is too old", 8, `0x${version.toString(16)}`);
  const hashType = blob.u8(37);
  const rank = hashTypes.findIndex(([type]) => type === hashType);
  const known = hashTypes[rank];
  if (known === undefined) throw blob.problem("unknown hash type", 37, hashType, "1, 2, 3 or 4");
  const [, algorithm, size] = known;
  if (blob.u8(36) !== size) throw blob.problem("wrong hash size", 36, blob.u8(36), String(size));
  if (version >= directoryVersions.scatter && blob.u32(44) !== 0)
    throw blob.problem("pages lie scattered", 44);
  const { codeLimit, pageSize } = signedPart(blob, version);
  return {
    version,
    flags: blob.u32(12),
    identifier: blob.cString(blob.u32(20)).toString("utf8"),
    teamId: teamOf(blob, version),
    codeLimit,
    pageSize,
    hash: { algorithm, size },
    rank,
    hashes: hashesOf(blob, size, pageCount(codeLimit, pageSize)),
  };
}

function signedPart(blob: Region, version: number): { codeLimit: bigint; pageSize: number } {
  const wide = version >= directoryVersions.codeLimit64 ? blob.u64(56) : 0n;
  const shift = blob.u8(39);
  if (shift !== 0 && (shift < 12 || shift > 16))
    throw blob.problem("wrong page size", 39, shift, "0, 12 to 16");
  return { codeLimit: wide === 0n ? BigInt(blob.u32(32)) : wide, pageSize: shift === 0 ? 0 : 1 << shift };
}

function pageCount(codeLimit: bigint, pageSize: number): bigint {
  if (pageSize === 0) return codeLimit === 0n ? 0n : 1n;
  return (codeLimit + BigInt(pageSize) - 1n) / BigInt(pageSize);
}

function hashesOf(blob: Region, size: number, pages: bigint): Buffer {
  const offset = blob.u32(16);
  const special = blob.u32(24);
  const slots = blob.u32(28);
  if (special * size > offset) throw blob.problem("special hashes do not fit before the others", 24, special);
  if (offset + slots * size > blob.size) {
    throw blob.problem("hashes leave the code directory", 28, slots, `at most ${blob.size} bytes`);
  }
  if (BigInt(slots) < pages) throw blob.problem("pages without a hash", 28, slots, `${pages} at least`);
  return blob.bytes.subarray(offset, offset + Number(pages) * size);
}

function teamOf(blob: Region, version: number): string | undefined {
  const offset = version >= directoryVersions.team ? blob.u32(48) : 0;
  return offset === 0 ? undefined : blob.cString(offset).toString("utf8");
}
