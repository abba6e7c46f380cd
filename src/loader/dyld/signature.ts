import { signatureFlags } from "../../object/macho/constants.ts";
import { FormatError } from "../../object/format-error.ts";
import type { ByteSource } from "../../object/image.ts";
import { checkPages, type PageCheck } from "../../object/macho/code-signature-pages.ts";
import { readCodeSignature, type CodeSignature } from "../../object/macho/code-signature.ts";
import type { FileRange } from "../../object/macho/command.ts";
import { demandsSignatures, type DyldHost } from "./host.ts";
import { filled } from "../message-form.ts";
import { assumption, obstacle, unknown } from "../step.ts";
import { DYLD } from "./messages.ts";
import { refused, type FileStep } from "./reason.ts";

const from = "LC_CODE_SIGNATURE";

/** What dyld says about a signature names the file. */
export interface SignedImage {
  /** The image: the file, or the slice. */
  readonly source: ByteSource;
  /** As dyld prints it: the real path. */
  readonly path: string;
  /** LC_UUID; undefined if there is none, null if it cannot be read. */
  readonly uuid: string | null | undefined;
  /** LC_CODE_SIGNATURE; undefined if there is none, or it is empty. */
  readonly range: FileRange | undefined;
}

/**
 * What the kernel finds when dyld registers the signature and maps the file (dyld/DyldDelegates.cpp,
 * registerSignature; dyld/Loader.cpp, mapSegments), in that order. Hashes the whole image.
 */
export function* checkSignature(image: SignedImage, host: DyldHost): Generator<FileStep, void, undefined> {
  if (host.signature.kind === "unreadable") {
    yield unknown(`The host's own signature cannot be read: ${host.signature.why}.`);
  }
  if (image.range === undefined) {
    yield* checkUnsigned(image, host);
    return;
  }
  try {
    const signature = readCodeSignature(image.source, image.range);
    yield* checkCoverage(image, image.range, signature);
    yield* checkTeam(image, signature, host);
    yield* checkHashes(checkPages(image.source, signature.directory), host);
    if (signature.isCertified) {
      const team = signature.directory.teamId;
      yield assumption(`a certificate of team ${team ?? "unknown"} that is valid and not revoked`);
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    // The kernel answers EBADEXEC or EPERM, which dyld prints as a number.
    const cause = `The code signature is malformed: ${error.message}.`;
    yield refused({ check: "signature", text: null, cause });
  }
}

function checkUnsigned(image: SignedImage, host: DyldHost): readonly FileStep[] {
  const isValidated = host.signature.kind === "signed" && host.signature.libraryValidation;
  if (!demandsSignatures(host) && !isValidated) return [];
  return [
    refused({
      check: "unsigned",
      text: notValid(image, DYLD.unsigned),
      cause: isValidated
        ? "The file is not signed, and the host only loads signed libraries (library validation)."
        : "The file is not signed. Apple silicon requires a signature; an ad-hoc one is enough (codesign -s -).",
      plugin: { value: "none", from },
    }),
  ];
}

function checkCoverage(
  { uuid, path }: SignedImage,
  range: FileRange,
  signature: CodeSignature,
): readonly FileStep[] {
  const { codeLimit } = signature.directory;
  if (codeLimit >= BigInt(range.offset)) return [];
  const sizes = { signed: `0x${hex(codeLimit)}`, expected: `0x${hex(range.offset)}` };
  return [
    refused({
      check: "signature",
      // Without a UUID dyld prints whatever is in its memory.
      text: typeof uuid === "string" ? filled(DYLD.coverage, { uuid, path, ...sizes }) : null,
      cause: `Only the first ${codeLimit} bytes are signed, not all ${range.offset} before the signature.`,
      plugin: { value: String(codeLimit), from: "codeLimit" },
    }),
  ];
}

function checkTeam(image: SignedImage, signature: CodeSignature, host: DyldHost): readonly FileStep[] {
  if (host.signature.kind !== "signed" || !host.signature.libraryValidation) return [];
  const { teamId: hostTeam } = host.signature;
  const { teamId, flags } = signature.directory;
  if (hostTeam === undefined) {
    return [
      unknown(
        "The host requires library validation but has no team: which libraries it loads can only be determined on a Mac.",
      ),
    ];
  }
  if (teamId === hostTeam) return [];
  const why = (flags & signatureFlags.adhoc) !== 0 ? "is signed ad hoc" : "is signed by a different team";
  return [
    refused({
      check: "library-validation",
      text: notValid(image, DYLD.otherTeam),
      cause: `The file ${why}, but the host only loads libraries signed by its own team (library validation).`,
      plugin: { value: teamId ?? "no team", from },
      host: { value: hostTeam, from },
    }),
  ];
}

function checkHashes({ pages, changed, changedAt }: PageCheck, host: DyldHost): readonly FileStep[] {
  if (changed === 0) return [];
  const places = changedAt.map((at) => `0x${at.toString(16)}`).join(", ");
  const what = `${changed} of ${pages} signed pages were changed after the file was signed`;
  const isKilled = host.signature.kind === "signed" && host.signature.killedByChangedPage;
  if (!demandsSignatures(host) && !isKilled) {
    return [
      unknown(`${what} (${places}): whether an Intel Mac rejects them depends on what the process requires.`),
    ];
  }
  return [
    obstacle({
      outcome: "crash",
      check: "signature",
      text: null,
      cause: `${what}: the kernel kills the host when it reaches one of them (SIGKILL, Code Signature Invalid).`,
      plugin: { value: `changed pages at ${places}${changed > changedAt.length ? ", …" : ""}`, from },
    }),
  ];
}

function notValid(
  { uuid = "no uuid", path }: SignedImage,
  form: typeof DYLD.unsigned | typeof DYLD.otherTeam,
): string | null {
  return uuid === null ? null : filled(form, { uuid, path });
}

function hex(value: bigint | number): string {
  return value.toString(16).toUpperCase().padStart(8, "0");
}
