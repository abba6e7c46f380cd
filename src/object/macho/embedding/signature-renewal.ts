import { createHash } from "node:crypto";
import type { EditRefusal } from "../../edit.ts";
import { EditedSource } from "../../edited-source.ts";
import { CSMAGIC_EMBEDDED_SIGNATURE, directoryVersions, loadCommandKinds as lc } from "../constants.ts";
import type { CodeDirectory } from "../code-signature-directory.ts";
import type { ImageDraft } from "./image-draft.ts";
import { refusal } from "./refusal.ts";
import { signatureAlignment, type SignaturePlan } from "./signature-plan.ts";

type Renewal = Extract<SignaturePlan, { kind: "renewed" }>;

/** Fields of a CodeDirectory, as ../code-signature-directory.ts lays them out. */
const fields = {
  length: 4,
  hashOffset: 16,
  slots: 28,
  codeLimit: 32,
  codeLimit64: 56,
  execSegBase: 64,
  execSegLimit: 72,
} as const;

/** Since which version it says where the executable segment is. */
const execSegSince = 0x20400;

/** Of struct __SC_SuperBlob, and of an entry in its index. */
const indexHeadSize = 12;
const indexEntrySize = 8;

/** Where the renewed signature lies. */
export interface RenewedPlace {
  /** Length of what is signed, which ends at the signature. */
  readonly codeLimit: number;
  /** Bytes that LC_CODE_SIGNATURE reserves. */
  readonly reserved: number;
}

/**
 * Makes room in the draft for the signature of the changed image. Its size follows from the length of what is signed, so that the load
 * commands are complete before anything is hashed.
 */
export function reserveSignature(image: ImageDraft, plan: Renewal): RenewedPlace | EditRefusal {
  const { header, linkedit } = image;
  const command = header.command(lc.LC_CODE_SIGNATURE);
  if (command === undefined || linkedit === undefined) return refusal("its code signature has no __LINKEDIT");
  const codeLimit = header.u32(command.at + 8);
  const { range, blobs, isIndexed } = plan;
  if (codeLimit === range.offset) return { codeLimit, reserved: range.size };
  if (image.oldEnd !== range.offset + range.size) {
    return refusal("its code signature is not the last part of __LINKEDIT, and cannot grow");
  }
  let length = isIndexed ? indexHeadSize + indexEntrySize * blobs.length : 0;
  for (const { blob, directory } of blobs) {
    length += blob.size;
    if (directory === undefined) continue;
    const hashes = blob.u32(fields.slots) * directory.hash.size;
    if (blob.u32(fields.hashOffset) + hashes !== blob.size) {
      return refusal("its code signature has data behind the hashes, which cannot be moved");
    }
    length += pageCount(codeLimit, directory) * directory.hash.size - hashes;
  }
  const reserved = Math.max(range.size, Math.ceil(length / signatureAlignment) * signatureAlignment);
  header.setU32(command.at + 12, reserved);
  linkedit.fileSize = codeLimit + reserved - linkedit.offset;
  image.fitMemory(linkedit);
  return { codeLimit, reserved };
}

/** Hashes the changed image, once all other changes are made, and replaces the old signature. */
export function renewSignature(
  image: ImageDraft,
  plan: Renewal,
  { codeLimit, reserved }: RenewedPlace,
): void {
  const { source, changes } = image;
  const edited = new EditedSource(source, changes.parts(source.size));
  const { range, isIndexed } = plan;
  const blobs = plan.blobs.map(({ slot, blob, directory }) => ({
    slot,
    bytes: directory === undefined ? blob.bytes : renewed(image, edited, blob.bytes, directory, codeLimit),
  }));
  const bytes = Buffer.alloc(reserved);
  (isIndexed ? indexed(blobs) : Buffer.concat(blobs.map((one) => one.bytes))).copy(bytes);
  changes.replace(range.offset, range.offset + range.size, bytes);
}

function indexed(blobs: readonly { readonly slot: number; readonly bytes: Buffer }[]): Buffer {
  const head = Buffer.alloc(indexHeadSize + indexEntrySize * blobs.length);
  let at = head.length;
  for (const [nth, { slot, bytes }] of blobs.entries()) {
    head.writeUInt32BE(slot, indexHeadSize + indexEntrySize * nth);
    head.writeUInt32BE(at, indexHeadSize + indexEntrySize * nth + 4);
    at += bytes.length;
  }
  head.writeUInt32BE(CSMAGIC_EMBEDDED_SIGNATURE, 0);
  head.writeUInt32BE(at, 4);
  head.writeUInt32BE(blobs.length, 8);
  return Buffer.concat([head, ...blobs.map(({ bytes }) => bytes)]);
}

/** The directory with the hashes of the changed image; identifier, flags and the hashes of the other blobs stay. */
function renewed(
  image: ImageDraft,
  edited: EditedSource,
  old: Buffer,
  directory: CodeDirectory,
  codeLimit: number,
): Buffer {
  const hashes = hashesOf(edited, directory, codeLimit);
  const hashOffset = old.readUInt32BE(fields.hashOffset);
  const isSameLength = BigInt(codeLimit) === directory.codeLimit;
  const after = isSameLength ? old.subarray(hashOffset + hashes.length) : Buffer.alloc(0);
  const bytes = Buffer.concat([old.subarray(0, hashOffset), hashes, after]);
  if (!isSameLength) {
    bytes.writeUInt32BE(bytes.length, fields.length);
    bytes.writeUInt32BE(hashes.length / directory.hash.size, fields.slots);
    bytes.writeUInt32BE(codeLimit, fields.codeLimit);
    if (directory.version >= directoryVersions.codeLimit64) bytes.writeBigUInt64BE(0n, fields.codeLimit64);
  }
  if (directory.version >= execSegSince) setExecutableSegment(bytes, image);
  return bytes;
}

/** The kernel maps code from that segment only, which may have grown within its last page. */
function setExecutableSegment(bytes: Buffer, image: ImageDraft): void {
  const base = bytes.readBigUInt64BE(fields.execSegBase);
  const text = image.header.segments().find(({ name }) => name === "__TEXT");
  const limit = bytes.readBigUInt64BE(fields.execSegLimit);
  if (text === undefined || BigInt(text.offset) !== base || limit !== BigInt(image.oldTextSize)) return;
  bytes.writeBigUInt64BE(BigInt(text.fileSize), fields.execSegLimit);
}

/** A page that stayed what and where it was keeps its hash, which was compared before. */
function hashesOf(edited: EditedSource, directory: CodeDirectory, codeLimit: number): Buffer {
  const { hash, hashes } = directory;
  const pageSize = directory.pageSize === 0 ? Math.max(codeLimit, 1) : directory.pageSize;
  const oldLimit = Number(directory.codeLimit);
  return Buffer.concat(
    Array.from({ length: pageCount(codeLimit, directory) }, (_, page) => {
      const start = page * pageSize;
      const end = Math.min(start + pageSize, codeLimit);
      const isSamePage = end === Math.min(start + pageSize, oldLimit) && edited.isUnmoved(start, end);
      if (isSamePage) return hashes.subarray(page * hash.size, (page + 1) * hash.size);
      return pageHash(edited, start, end, directory);
    }),
  );
}

/** A page can be the whole image, and is read in pieces. */
const chunkSize = 1024 * 1024;

function pageHash(edited: EditedSource, start: number, end: number, { hash }: CodeDirectory): Buffer {
  const digest = createHash(hash.algorithm);
  for (let at = start; at < end; at += chunkSize) {
    digest.update(edited.read(at, Math.min(chunkSize, end - at), "signed pages"));
  }
  return digest.digest().subarray(0, hash.size);
}

function pageCount(codeLimit: number, { pageSize }: CodeDirectory): number {
  return pageSize === 0 ? 1 : Math.ceil(codeLimit / pageSize);
}
