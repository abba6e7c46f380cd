// An ad-hoc code signature, which says that a Mach-O file is what it was when it was signed, and not by whom. macOS on arm64 runs no file
// without one. Go's linker writes the same (cmd/internal/codesign, and cmd/link/internal/ld/macho.go); the structures are those of
// https://github.com/apple-oss-distributions/xnu/blob/main/osfmk/kern/cs_blobs.h.
import { createHash } from "node:crypto";

const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;
const MH_MAGIC_64 = 0xfeedfacf;

const CSMAGIC_EMBEDDED_SIGNATURE = 0xfade0cc0;
const CSMAGIC_CODEDIRECTORY = 0xfade0c02;
const CS_SUPPORTSEXECSEG = 0x20400;
const CS_ADHOC = 0x2;
const CS_HASHTYPE_SHA256 = 2;
const CS_EXECSEG_MAIN_BINARY = 0x1;

const pageBits = 12;
const pageSize = 1 << pageBits;
const hashSize = 32;
/** Of the superblob with one entry, and of the code directory. */
const outerSize = 20;
const directorySize = 88;

/**
 * The same file with an ad-hoc signature.
 * @param file a thin 64-bit Mach-O executable without a signature, which ends with __LINKEDIT.
 * @throws Error if it is not one.
 */
export function signAdHoc(file, identifier) {
  const { text, linkEdit, end } = commandsOf(file);
  const codeSize = roundUp(file.length, 16);
  const name = Buffer.from(`${identifier}\0`);
  const pages = Math.ceil(codeSize / pageSize);
  const hashesAt = directorySize + name.length;
  const size = outerSize + hashesAt + pages * hashSize;
  const linkEditStart = Number(file.readBigUInt64LE(linkEdit + 40));

  const signed = Buffer.alloc(codeSize + size);
  file.copy(signed);
  // One more load command: LC_CODE_SIGNATURE with its size, and offset and size of the signature.
  signed.writeUInt32LE(file.readUInt32LE(16) + 1, 16);
  signed.writeUInt32LE(file.readUInt32LE(20) + 16, 20);
  for (const [index, value] of [LC_CODE_SIGNATURE, 16, codeSize, size].entries()) {
    signed.writeUInt32LE(value, end + 4 * index);
  }
  signed.writeBigUInt64LE(BigInt(roundUp(codeSize + size - linkEditStart, 0x4000)), linkEdit + 32);
  signed.writeBigUInt64LE(BigInt(codeSize + size - linkEditStart), linkEdit + 48);

  const blob = signed.subarray(codeSize);
  // struct SuperBlob with one BlobIndex: the code directory, which is slot 0.
  write32(blob, 0, CSMAGIC_EMBEDDED_SIGNATURE, size, 1, 0, outerSize);
  const directory = blob.subarray(outerSize);
  // magic, length, version, flags, hashOffset, identOffset, nSpecialSlots, nCodeSlots, codeLimit
  write32(directory, 0, CSMAGIC_CODEDIRECTORY, hashesAt + pages * hashSize, CS_SUPPORTSEXECSEG, CS_ADHOC);
  write32(directory, 16, hashesAt, directorySize, 0, pages, codeSize);
  directory.set([hashSize, CS_HASHTYPE_SHA256, 0, pageBits], 36);
  // spare2, scatterOffset, teamOffset, spare3 and codeLimit64 stay 0; then execSegBase, execSegLimit and execSegFlags.
  directory.writeBigUInt64BE(file.readBigUInt64LE(text + 40), 64);
  directory.writeBigUInt64BE(file.readBigUInt64LE(text + 48), 72);
  directory.writeBigUInt64BE(BigInt(CS_EXECSEG_MAIN_BINARY), 80);
  name.copy(directory, directorySize);
  for (let page = 0; page < pages; page += 1) {
    const bytes = signed.subarray(page * pageSize, Math.min((page + 1) * pageSize, codeSize));
    createHash("sha256")
      .update(bytes)
      .digest()
      .copy(directory, hashesAt + page * hashSize);
  }
  return signed;
}

/** Where the load commands are that the signature depends on. */
function commandsOf(file) {
  if (file.readUInt32LE(0) !== MH_MAGIC_64) throw new Error("not a thin 64-bit Mach-O file");
  const found = {};
  const end = 32 + file.readUInt32LE(20);
  for (let at = 32; at < end; at += file.readUInt32LE(at + 4)) {
    const command = file.readUInt32LE(at);
    if (command === LC_CODE_SIGNATURE) throw new Error("it has a signature already");
    if (command !== LC_SEGMENT_64) continue;
    const name = file.toString("latin1", at + 8, at + 24).replace(/\0.*/s, "");
    if (name === "__TEXT") found.text = at;
    if (name === "__LINKEDIT") found.linkEdit = at;
  }
  const { text, linkEdit } = found;
  if (text === undefined || linkEdit === undefined) throw new Error("it has no __TEXT or no __LINKEDIT");
  if (file.length !== Number(file.readBigUInt64LE(linkEdit + 40) + file.readBigUInt64LE(linkEdit + 48)))
    throw new Error("it does not end with __LINKEDIT");
  if (file.subarray(end, end + 16).some((byte) => byte !== 0))
    throw new Error("it has no room for one more load command");
  return { text, linkEdit, end };
}

function write32(buffer, offset, ...values) {
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, offset + 4 * index);
}

function roundUp(size, to) {
  return Math.ceil(size / to) * to;
}
