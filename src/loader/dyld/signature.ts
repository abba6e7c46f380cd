import { FormatError } from "../../object/format-error.ts";
import type { ByteSource } from "../../object/image.ts";
import { checkPages, type PageCheck } from "../../object/macho/code-signature-pages.ts";
import { readCodeSignature, signatureFlags, type CodeSignature } from "../../object/macho/code-signature.ts";
import type { FileRange } from "../../object/macho/command.ts";
import { demandsSignatures, type DyldHost } from "./host.ts";
import type { Verdict } from "./verdict.ts";

/** The kernel's words (AppleMobileFileIntegrity), as dyld passes them on from fcntl(F_CHECK_LV). */
const words = {
  unsigned: "mapped file has no cdhash, completely unsigned? Code has to be at least ad-hoc signed.",
  otherTeam: "mapping process and mapped file (non-platform) have different Team IDs",
} as const;

const from = "LC_CODE_SIGNATURE";

/** What dyld says of a signature names the file. */
export interface SignedImage {
  /** The image: the file, or the slice. */
  readonly source: ByteSource;
  /** As dyld has it: the real path. */
  readonly path: string;
  /** LC_UUID; undefined where there is none, null where it cannot be read here. */
  readonly uuid: string | null | undefined;
  /** LC_CODE_SIGNATURE; undefined where there is none, or it is empty. */
  readonly range: FileRange | undefined;
}

/**
 * What the kernel finds when dyld registers the signature and maps the file (dyld/DyldDelegates.cpp,
 * registerSignature; dyld/Loader.cpp, mapSegments), in that order. Hashes the whole image.
 */
export function checkSignature(image: SignedImage, host: DyldHost, verdict: Verdict): void {
  if (host.signature.kind === "unreadable") {
    verdict.doubt(`the host's own signature cannot be read (${host.signature.why})`);
  }
  if (image.range === undefined) {
    checkUnsigned(image, host, verdict);
    return;
  }
  try {
    const signature = readCodeSignature(image.source, image.range);
    checkCoverage(image, image.range, signature, verdict);
    checkTeam(image, signature, host, verdict);
    checkHashes(checkPages(image.source, signature.directory), host, verdict);
    if (signature.isCertified) {
      const team = signature.directory.teamId;
      verdict.need(`a certificate of team ${team ?? "unknown"} that is valid and not revoked`);
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    // The kernel answers EBADEXEC or EPERM, which dyld writes as a number.
    verdict.refuse({
      check: "signature",
      text: null,
      cause: `Its code signature is broken: ${error.message}.`,
    });
  }
}

function checkUnsigned(image: SignedImage, host: DyldHost, verdict: Verdict): void {
  const isValidated = host.signature.kind === "signed" && host.signature.libraryValidation;
  if (!demandsSignatures(host) && !isValidated) return;
  verdict.refuse({
    check: "unsigned",
    text: notValid(image, words.unsigned),
    cause: isValidated
      ? "It is not signed, and the host takes signed libraries alone (library validation)."
      : "It is not signed, and Apple silicon runs nothing that is not; an ad hoc signature will do (codesign -s -).",
    plugin: { value: "none", from },
  });
}

function checkCoverage(
  image: SignedImage,
  range: FileRange,
  signature: CodeSignature,
  verdict: Verdict,
): void {
  const { codeLimit } = signature.directory;
  if (codeLimit >= BigInt(range.offset)) return;
  const { uuid, path } = image;
  const signed = `signed 0x${hex(codeLimit)}, expected 0x${hex(range.offset)}`;
  const text = `code signature does not cover entire file up to signature in <${uuid ?? ""}> '${path}' (${signed}) for '${path}'`;
  verdict.refuse({
    check: "signature",
    // Without a UUID dyld prints whatever its memory holds.
    text: typeof uuid === "string" ? text : null,
    cause: `Only the first ${codeLimit} bytes are signed, not all ${range.offset} before the signature.`,
    plugin: { value: String(codeLimit), from: "codeLimit" },
  });
}

function checkTeam(image: SignedImage, signature: CodeSignature, host: DyldHost, verdict: Verdict): void {
  if (host.signature.kind !== "signed" || !host.signature.libraryValidation) return;
  const { teamId: hostTeam } = host.signature;
  const { teamId, flags } = signature.directory;
  if (hostTeam === undefined) {
    verdict.doubt(
      "the host asks for library validation but has no team: whom it then takes only a Mac tells",
    );
    return;
  }
  if (teamId === hostTeam) return;
  const why = (flags & signatureFlags.adhoc) !== 0 ? "is signed ad hoc" : "is signed by another team";
  verdict.refuse({
    check: "library-validation",
    text: notValid(image, words.otherTeam),
    cause: `It ${why}, and the host takes its own team's libraries alone (library validation).`,
    plugin: { value: teamId ?? "no team", from },
    host: { value: hostTeam, from },
  });
}

function checkHashes({ pages, changed, changedAt }: PageCheck, host: DyldHost, verdict: Verdict): void {
  if (changed === 0) return;
  const places = changedAt.map((at) => `0x${at.toString(16)}`).join(", ");
  const what = `${changed} of ${pages} signed pages were changed after it was signed`;
  const isKilled = host.signature.kind === "signed" && host.signature.killedByChangedPage;
  if (!demandsSignatures(host) && !isKilled) {
    verdict.doubt(`${what} (${places}): an Intel Mac minds it only where the process asks for it`);
    return;
  }
  verdict.crash({
    check: "signature",
    cause: `${what}: the kernel kills the host when it comes to one of them (SIGKILL, Code Signature Invalid).`,
    plugin: { value: `changed pages at ${places}${changed > changedAt.length ? ", …" : ""}`, from },
  });
}

function notValid({ uuid = "no uuid", path }: SignedImage, why: string): string | null {
  if (uuid === null) return null;
  return `code signature in <${uuid}> '${path}' not valid for use in process: ${why}`;
}

function hex(value: bigint | number): string {
  return value.toString(16).toUpperCase().padStart(8, "0");
}
