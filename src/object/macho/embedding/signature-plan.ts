import type { EditRefusal } from "../../edit.ts";
import { loadCommandKinds as lc, signatureFlags } from "../constants.ts";
import type { CodeDirectory } from "../code-signature-directory.ts";
import { checkPages } from "../code-signature-pages.ts";
import { isDirectorySlot, readSignatureBlobs, type SignatureBlob } from "../code-signature.ts";
import type { FileRange } from "../command.ts";
import type { MachoFile } from "../file.ts";
import type { ImageDraft } from "./image-draft.ts";
import { linkeditFields } from "./linkedit-field.ts";
import { refusal } from "./refusal.ts";

/** CodeDirectory.preEncryptOffset, and the version since which there is one (xnu, osfmk/kern/cs_blobs.h). */
const preEncryptOffsetAt = 92;
const preEncryptSince = 0x20500;

/** codesign aligns a signature to this many bytes (security_systemkeychain, codesign_allocate), and so does what reserves room for it. */
export const signatureAlignment = 16;

const signAgain = "codesign --sign IDENTITY --force FILE";

/** What becomes of a file's signature. */
export type SignaturePlan =
  | { readonly kind: "unsigned" }
  | { readonly kind: "removed"; readonly range: FileRange }
  | {
      readonly kind: "renewed";
      readonly range: FileRange;
      readonly blobs: readonly PlannedBlob[];
      /** Whether the blobs stand in an index; otherwise there is one code directory without. */
      readonly isIndexed: boolean;
    };

/** A blob of the old signature; one with hashes is read. */
export interface PlannedBlob extends SignatureBlob {
  readonly directory: CodeDirectory | undefined;
}

/**
 * Whether a signature can be renewed: only an ad-hoc one, which names nobody, and only if it fits the file. One that does not is damage
 * that must not be covered up.
 */
export function planSignature(
  image: ImageDraft,
  file: MachoFile,
  remove: boolean,
): SignaturePlan | EditRefusal {
  const range = file.codeSignature;
  if (range === undefined) return { kind: "unsigned" };
  if (remove) return { kind: "removed", range };
  const { signature } = file;
  if (signature === undefined) return refusal("its code signature is empty", "Pass --remove-signature.");
  if (range.offset + range.size > image.source.size) {
    return refusal("its code signature is cut off", "Pass --remove-signature.");
  }
  const { directories, isCertified } = signature;
  const team = directories.find(({ teamId }) => teamId !== undefined)?.teamId;
  const isAdHoc = directories.every(({ flags }) => (flags & signatureFlags.adhoc) !== 0);
  if (isCertified || team !== undefined || !isAdHoc) {
    const by = team === undefined ? "a certificate" : `a certificate of team ${team}`;
    return refusal(
      `it is signed with ${by}, and only its owner can sign the changed file`,
      "Embed the manifest before it is signed.",
      `Or pass --remove-signature, and sign it again: ${signAgain}`,
    );
  }
  const blobs = readSignatureBlobs(image.source, range);
  if (blobs.some(({ slot, blob }) => isDirectorySlot(slot) && hasPreEncryptedHashes(blob.bytes))) {
    return refusal("its code signature has hashes of an encrypted image", "Pass --remove-signature.");
  }
  for (const directory of directories) {
    if (directory.codeLimit !== BigInt(range.offset)) {
      return refusal(
        `its code signature covers ${directory.codeLimit} bytes, not all ${range.offset} before it`,
        `Sign it again: ${signAgain}`,
      );
    }
    const { changed, changedAt } = checkPages(image.source, directory);
    if (changed > 0) {
      const places = changedAt.map((at) => `0x${at.toString(16)}`).join(", ");
      return refusal(
        `its code signature does not fit it: ${changed} pages were changed after it was signed (${places})`,
        `Build it again, or pass --remove-signature and sign it: ${signAgain}`,
      );
    }
  }
  let nth = 0;
  const planned = blobs.map((one) => ({
    ...one,
    directory: isDirectorySlot(one.slot) ? directories[nth++] : undefined,
  }));
  const isIndexed = blobs[0]?.blob.origin !== image.source.origin + range.offset;
  return { kind: "renewed", range, blobs: planned, isIndexed };
}

function hasPreEncryptedHashes(directory: Buffer): boolean {
  return (
    directory.readUInt32BE(8) >= preEncryptSince &&
    directory.length >= preEncryptOffsetAt + 4 &&
    directory.readUInt32BE(preEncryptOffsetAt) !== 0
  );
}

/** Takes the command and the blob away, and the padding before the blob. */
export function dropSignature(image: ImageDraft, { offset, size }: FileRange): EditRefusal | undefined {
  const { header, linkedit } = image;
  const command = header.command(lc.LC_CODE_SIGNATURE);
  if (command === undefined) throw new Error("there is no signature");
  header.removeCommand(command);
  const end = offset + size;
  const moved = image.linkedit;
  if (linkedit === undefined || moved === undefined || image.oldEnd !== end) {
    return refusal("its code signature is not the last part of __LINKEDIT, and cannot be removed");
  }
  const before = linkeditFields(header).map((field) => field.offset + field.size);
  const last = Math.max(moved.offset, ...before.filter((one) => one <= offset));
  const start = offset - last < signatureAlignment ? last : offset;
  moved.fileSize = start - moved.offset;
  image.changes.replace(start, end, Buffer.alloc(0));
  return undefined;
}
