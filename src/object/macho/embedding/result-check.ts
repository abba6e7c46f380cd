import type { ByteSource } from "../../image.ts";
import { checkPages } from "../code-signature-pages.ts";
import { openMacho, type MachoFile } from "../file.ts";
import { HeaderDraft } from "./header-draft.ts";
import { linkeditFields } from "./linkedit-field.ts";
import type { EmbedRequest } from "./request.ts";
import { signatureAlignment } from "./signature-plan.ts";

/**
 * What is wrong with an edited image, as our own reader finds it; undefined if nothing is. What the loader makes of it is for its
 * prediction.
 * @throws FormatError if it cannot be read.
 */
export function resultProblem(
  before: ByteSource,
  after: ByteSource,
  request: EmbedRequest,
): string | undefined {
  const [old, edited] = [openMacho(before), openMacho(after)];
  return (
    payloadProblem(edited, request) ??
    segmentProblem(old, edited) ??
    tableProblem(before, after) ??
    linkProblem(old, edited) ??
    signatureProblem(after, old, edited, request)
  );
}

function payloadProblem(edited: MachoFile, { name, payload }: EmbedRequest): string | undefined {
  const [section, second] = edited.sectionsNamed([name]);
  if (section === undefined || second !== undefined) return `it has not one section ${name}`;
  const bytes = edited.readSection(section, Number(section.size));
  const isSame =
    bytes.subarray(0, payload.length).equals(payload) &&
    bytes.subarray(payload.length).every((one) => one === 0);
  return isSame ? undefined : `section ${name} does not hold the manifest`;
}

/** openMacho has compared them in memory. */
function segmentProblem(old: MachoFile, edited: MachoFile): string | undefined {
  const overlaps = (file: MachoFile) => {
    let end = 0n;
    const inFile = file.segments.filter(({ fileSize }) => fileSize > 0n);
    for (const { name, offset, fileSize } of inFile.toSorted((a, b) => Number(a.offset - b.offset))) {
      if (offset < end) return name;
      end = offset + fileSize;
    }
    return undefined;
  };
  const found = overlaps(edited);
  return found === undefined || overlaps(old) !== undefined
    ? undefined
    : `segment ${found} overlaps another in the file`;
}

/** The tables in __LINKEDIT are in the order that they had, aligned as they were, and none overlaps another that did not. */
function tableProblem(before: ByteSource, after: ByteSource): string | undefined {
  const tables = (source: ByteSource) => {
    const draft = new HeaderDraft(source);
    const linkedit = draft.segments().find(({ name }) => name === "__LINKEDIT");
    const sorted = linkeditFields(draft)
      .filter(({ size }) => size > 0)
      .toSorted((a, b) => a.offset - b.offset);
    const [start, end] =
      linkedit === undefined ? [0, 0] : [linkedit.offset, linkedit.offset + linkedit.fileSize];
    const disorder = sorted.find(
      ({ offset, size }, index) =>
        offset < start || offset + size > end || offset + size > (sorted[index + 1]?.offset ?? end),
    );
    return { disorder, phases: sorted.map(({ offset }) => offset % signatureAlignment) };
  };
  const [old, edited] = [tables(before), tables(after)];
  if (old.disorder === undefined && edited.disorder !== undefined) {
    return `a table in __LINKEDIT at ${edited.disorder.offset} leaves it or overlaps another`;
  }
  const isAligned = edited.phases.every((phase, index) => phase === old.phases[index]);
  return isAligned ? undefined : "a table in __LINKEDIT is aligned differently";
}

/** What is linked, imported and exported is what it was. Reads the fixups and the trie. */
function linkProblem(old: MachoFile, edited: MachoFile): string | undefined {
  const facts = (file: MachoFile) =>
    [file.neededLibraries, file.imports, file.exports].map((each) => JSON.stringify(each, plain));
  const [was, is] = [facts(old), facts(edited)];
  return was.every((one, index) => one === is[index]) ? undefined : "imports or exports differ";
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

function signatureProblem(
  after: ByteSource,
  old: MachoFile,
  edited: MachoFile,
  { removeSignature }: EmbedRequest,
): string | undefined {
  if (removeSignature || old.codeSignature === undefined) {
    return edited.codeSignature === undefined ? undefined : "it is signed";
  }
  const [was, is] = [old.signature, edited.signature];
  const range = edited.codeSignature;
  if (was === undefined || is === undefined || range === undefined) return "the signature is gone";
  if (is.entitlements !== was.entitlements) return "the entitlements differ";
  for (const [index, directory] of is.directories.entries()) {
    const { identifier, flags } = was.directories[index] ?? {};
    if (directory.identifier !== identifier || directory.flags !== flags)
      return "the signature says something else";
    if (directory.codeLimit !== BigInt(range.offset)) return "not all of it is signed";
    if (checkPages(after, directory).changed > 0) return "the signature does not fit";
  }
  return undefined;
}
