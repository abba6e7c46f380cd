import { CSMAGIC_CODEDIRECTORY, CSMAGIC_EMBEDDED_SIGNATURE, signatureSlots } from "./constants.ts";
import type { ByteSource } from "../image.ts";
import { readDirectory, type CodeDirectory } from "./code-signature-directory.ts";
import type { FileRange } from "./command.ts";
import { Region } from "./region.ts";

export type { CodeDirectory } from "./code-signature-directory.ts";

/*
 * struct __SC_SuperBlob {         xnu, osfmk/kern/cs_blobs.h; big-endian
 *   0  u32 magic;                 0xfade0cc0
 *   4  u32 length;                of all; LC_CODE_SIGNATURE may reserve more
 *   8  u32 count;
 *  12  struct { u32 type, offset; } index[];
 * };
 * Every blob starts with its own magic and length.
 */
const headSize = 12;

/** A signature with requirements and certificates takes tens of kilobytes, the rest are 20 to 48 bytes a page. */
const mostBytes = 256 * 1024 * 1024;

/** The blob that LC_CODE_SIGNATURE points at. */
export interface CodeSignature {
  /** The code directory that the kernel uses: of several the one with the strongest hash. */
  readonly directory: CodeDirectory;
  /** All of them, in file order. */
  readonly directories: readonly CodeDirectory[];
  /** The property list of entitlements, as XML; undefined if it has none. */
  readonly entitlements: string | undefined;
  /** Whether it carries a certificate's signature; an ad hoc one does not. */
  readonly isCertified: boolean;
}

/** One blob of a signature: its bytes with magic and length, and the slot that says what it is. */
export interface SignatureBlob {
  readonly slot: number;
  readonly blob: Region;
}

/**
 * Reads a code signature; nothing of the image itself is looked at.
 * @param range as LC_CODE_SIGNATURE has it.
 * @throws FormatError if it is cut off or a blob breaks its form, so that the kernel does not take it.
 */
export function readCodeSignature(source: ByteSource, range: FileRange): CodeSignature {
  const blobs = readSignatureBlobs(source, range);
  const others = blobs.filter(({ slot }) => !isDirectorySlot(slot));
  const directories = blobs.filter(({ slot }) => isDirectorySlot(slot)).map(({ blob }) => directoryOf(blob));
  const directory = directories.reduce((best, one) => (one.rank > best.rank ? one : best));
  const find = (wanted: number) => others.find(({ slot }) => slot === wanted)?.blob.bytes.subarray(8);
  return {
    directory,
    directories,
    entitlements: find(signatureSlots.entitlements)?.toString("utf8"),
    // codesign leaves an empty wrapper in ad hoc signatures.
    isCertified: (find(signatureSlots.cms)?.length ?? 0) > 0,
  };
}

function directoryOf(blob: Region): CodeDirectory {
  if (blob.u32(0) !== CSMAGIC_CODEDIRECTORY)
    throw blob.problem("is not a code directory", 0, `0x${blob.u32(0).toString(16)}`);
  return readDirectory(blob);
}

/**
 * The blobs of a code signature, in the order of its index; one code directory at least. A signature can be one directory without an
 * index around it.
 * @throws FormatError as `readCodeSignature`, for what the blobs hold left out.
 */
export function readSignatureBlobs(source: ByteSource, range: FileRange): readonly SignatureBlob[] {
  const what = "code signature";
  const head = Region.read(source, range.offset, Math.min(range.size, headSize), what, "big");
  const magic = head.u32(0);
  if (magic === CSMAGIC_CODEDIRECTORY)
    return [{ slot: signatureSlots.directory, blob: readBlob(source, range, 0, range.size) }];
  if (magic !== CSMAGIC_EMBEDDED_SIGNATURE)
    throw head.problem("unknown magic", 0, `0x${magic.toString(16)}`, "0xfade0cc0");
  const length = head.u32(4);
  if (length > range.size || length > mostBytes) {
    throw head.problem("is cut off", 4, length, `at most ${Math.min(range.size, mostBytes)}`);
  }
  const all = Region.read(source, range.offset, length, what, "big");
  const count = all.u32(8);
  if (headSize + count * 8 > length) throw all.problem("blobs do not fit", 8, count);
  const blobs: SignatureBlob[] = [];
  let budget = length;
  for (let index = 0; index < count; index++) {
    const slot = all.u32(headSize + index * 8);
    const blob = readBlob(source, range, all.u32(headSize + index * 8 + 4), length);
    // Blobs of one signature do not overlap: this bounds what a made-up index can have us read.
    budget -= blob.size;
    if (budget < 0) throw all.problem("blobs overlap", headSize + index * 8);
    blobs.push({ slot, blob });
  }
  if (!blobs.some(({ slot }) => isDirectorySlot(slot))) throw all.problem("has no code directory", 8, count);
  return blobs;
}

/** Whether a slot holds a code directory: the first one, or one with another hash. */
export function isDirectorySlot(slot: number): boolean {
  return (
    slot === signatureSlots.directory ||
    (slot >= signatureSlots.alternate && slot <= signatureSlots.lastAlternate)
  );
}

function readBlob(source: ByteSource, range: FileRange, offset: number, end: number): Region {
  const what = "code signature";
  if (offset + 8 > end) {
    const region = Region.read(source, range.offset, Math.min(8, range.size), what, "big");
    throw region.problem("blob is outside", 0, offset, `below ${end}`);
  }
  const head = Region.read(source, range.offset + offset, 8, what, "big");
  const length = head.u32(4);
  if (length < 8 || offset + length > end) {
    throw head.problem("blob is cut off", 4, length, `from 8 to ${end - offset}`);
  }
  return Region.read(source, range.offset + offset, length, what, "big");
}
