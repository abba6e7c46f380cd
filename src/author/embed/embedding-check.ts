import { isDeepStrictEqual } from "node:util";
import { dissect, type Anatomy } from "../../artifact/anatomy.ts";
import { openedWith, type Artifact, type ArtifactSlice } from "../../artifact/artifact.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { readLoadingHost } from "../../loader/loading-host.ts";
import { shellWord } from "../../language/shell-word.ts";
import { predictLoad } from "../../loader/predict-load.ts";
import type { Prediction } from "../../loader/prediction.ts";
import type { Carrier } from "../../manifest/claim.ts";
import { loadedDifference } from "../../object/elf/loaded-difference.ts";
import { FormatError } from "../../object/format-error.ts";
import type { ByteSource, Image } from "../../object/image.ts";
import type { Section } from "../../object/object-file.ts";
import type { OpenedSlice } from "../../object/open.ts";
import type { EmbedRequest } from "./embed-request.ts";
import type { GivenManifest } from "../given-manifest.ts";

/** A file that is edited, as it was before. */
export interface Edited {
  readonly request: EmbedRequest;
  readonly image: Image;
  readonly artifact: Artifact;
  readonly slices: readonly OpenedSlice[];
  readonly text: GivenManifest;
}

/** The edited file, read again. */
export interface Reread {
  readonly artifact: Artifact;
  readonly slices: readonly OpenedSlice[];
}

/**
 * Reads the edited file as the inspector does.
 * @throws UsageError unless every carrier in it, at least one per slice, is the manifest.
 */
export function checkCarriers({ request, text }: Edited, source: ByteSource): Reread {
  const { file, names } = request;
  const { file: artifact, extra: slices } = reread(file, () =>
    openedWith(file, source, names, "by-kind", (each) => each),
  );
  for (const { claim, arch } of artifact.slices) {
    const odd = claim.carriers.find(({ content }) => !isSame(content, text.value));
    if (odd !== undefined) throw differs(file, odd);
    if (claim.carriers.length === 0) throw failed(file, `the manifest cannot be read back (${arch})`);
  }
  return { artifact, slices };
}

/**
 * Compares the edited file, as it was written, with the old one.
 * @throws UsageError if anything but the manifest differs for a loader or a reader.
 */
export function checkEmbedded(edited: Edited, written: Image): void {
  const { request, image, artifact, slices } = edited;
  const { file } = request;
  const after = checkCarriers(edited, written);
  // Of ELF, all that is loaded is compared byte by byte below.
  const isElf = artifact.format === "elf";
  if (after.slices.length !== slices.length) throw failed(file, "it has a different number of slices");
  for (const [at, slice] of slices.entries()) {
    const other = after.slices[at];
    const [was, is] = [artifact.slices[at], after.artifact.slices[at]];
    if (other === undefined || was === undefined || is === undefined) continue;
    if (!isDeepStrictEqual(proofOf(was), proofOf(is)))
      throw failed(file, "what its code proves is read differently");
    checkAnatomy(file, dissect(slice.object, !isElf), dissect(other.object, !isElf));
    reread(file, () => {
      checkLoading(edited, slice, { image: written, slice: other });
    });
  }
  if (!isElf) return;
  const difference = reread(file, () => loadedDifference(image, written, loadedCarrier(edited)));
  if (difference !== undefined) throw failed(file, `${difference} would change`);
}

/** What was compared and must not differ: all but the claim, and the size. */
function proofOf({ target, proof, kind, arch, bits, endian }: ArtifactSlice): unknown {
  return { target, proof, kind, arch, bits, endian };
}

function checkAnatomy(file: string, before: Anatomy, after: Anatomy): void {
  const worse = after.problems.find((problem) => !before.problems.includes(problem));
  if (worse !== undefined) throw failed(file, worse);
  const parts = ["neededLibraries", "facts", "buildSettings", "buildId", "stripped"] as const;
  for (const part of parts) {
    if (!isDeepStrictEqual(before[part], after[part]))
      throw failed(file, `its ${part} would be read differently`);
  }
  if (before.exportedSymbols.length !== after.exportedSymbols.length)
    throw failed(file, "its exported symbols would be read differently");
}

/** The system's loader must not find a fault in the new file that it did not find in the old one. */
function checkLoading(
  { request, image, slices }: Edited,
  before: OpenedSlice,
  after: { readonly image: Image; readonly slice: OpenedSlice },
): void {
  const { file, fileSystem, removeSignature } = request;
  // Without its signature, a system that insists on one refuses the file: that was asked for.
  if (before.object.kind === "executable" || removeSignature) return;
  const host = { ...readLoadingHost(fileSystem, before.object, file, {}), go: undefined };
  const predicted = (of: Image, opened: readonly OpenedSlice[]): Prediction =>
    predictLoad({ path: file, content: { kind: "open", image: of, slices: opened } }, "unknown", host)
      .prediction;
  const known = faultsOf(predicted(image, slices));
  const worse = faultsOf(predicted(after.image, [after.slice])).find((fault) => !known.includes(fault));
  if (worse !== undefined) throw failed(file, `the loader would object: ${worse}`);
}

function faultsOf(prediction: Prediction): readonly string[] {
  if (prediction.outcome === "loads") return [];
  if (prediction.outcome === "unknown") return [prediction.why];
  return [prediction.first, ...prediction.further].map(({ check, message }) => message ?? check);
}

/** The range of a section that is loaded with the file, and was overwritten. */
function loadedCarrier({
  request,
  slices,
}: Edited): { readonly start: number; readonly end: number } | undefined {
  const [section]: readonly (Section | undefined)[] = slices.flatMap(({ object }) =>
    object.sectionsNamed(request.names.sections).filter(({ loaded }) => loaded),
  );
  return section && { start: Number(section.offset), end: Number(section.offset) + Number(section.size) };
}

function isSame(content: Carrier["content"], value: unknown): boolean {
  return content.kind === "json" && isDeepStrictEqual(content.value, value);
}

/** A carrier that embedding does not change. */
function differs(file: string, { source, location, content }: Carrier): UsageError {
  if (source === "section") {
    const why = content.kind === "unreadable" ? `it ${content.reason}` : "it is different";
    return failed(file, `the manifest cannot be read back from ${location}: ${why}`);
  }
  const where = source === "build-info" ? location : `the symbol ${location}`;
  const why =
    content.kind === "unreadable"
      ? `${where} is a carrier too, and ${content.reason}`
      : `${where} carries a different manifest, and two that differ are an error`;
  return new UsageError("embed-refused", `${file}: the manifest cannot be embedded: ${why}`, [
    "It is compiled in. Change it in the source and build again, or remove it there and embed the manifest afterwards.",
    `\`plugins inspect ${shellWord(file)}\` shows it.`,
  ]);
}

function failed(file: string, reason: string): UsageError {
  return new UsageError(
    "embed-refused",
    `${file}: the manifest cannot be embedded: the edited file did not pass its check: ${reason}`,
    ["The file was not changed. Embed the manifest while building instead: docs/kits.md shows how."],
  );
}

/** @throws UsageError if the edited file is broken. */
function reread<Result>(file: string, reading: () => Result): Result {
  try {
    return reading();
  } catch (error) {
    if (error instanceof FormatError) throw failed(file, error.message);
    throw error;
  }
}
