import { openedWith, type Artifact, type Role } from "../../artifact/artifact.ts";
import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { appendedSection, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import { manifestLimit, readContent } from "../../manifest/content.ts";
import type { Edit, EditRefusal } from "../../object/edit.ts";
import { EditedSource } from "../../object/edited-source.ts";
import { embedInElf } from "../../object/elf/embedding.ts";
import { embedInMacho } from "../../object/macho/embedding.ts";
import { FormatError } from "../../object/format-error.ts";
import { ChangedFileError, Image, NotAFileError } from "../../object/image.ts";
import type { ObjectFormat, Section } from "../../object/object-file.ts";
import { fileErrorCode } from "../../files/files.ts";
import { judgeManifests } from "../../rules/evaluation.ts";
import type { Severity } from "../../rules/finding.ts";
import { givenManifest, type GivenManifest } from "../given-manifest.ts";
import { checkCarriers, checkEmbedded, type Edited, type Reread } from "./embedding-check.ts";
import type { Destination, EmbedRequest } from "./embed-request.ts";

/** What was embedded, or would be. */
export interface EmbedResult {
  /** The file that was given. */
  readonly file: string;
  /** The file that has the manifest. */
  readonly output: string;
  /** planned: nothing was written, as asked. unchanged: the same manifest was there already, in the same place. */
  readonly outcome: "written" | "unchanged" | "planned";
  /** "appended the section .gnu.warning.otel_manifest". */
  readonly done: string;
  readonly format: ObjectFormat;
  readonly role: Role;
  /** In bytes. */
  readonly size: { readonly before: number; readonly after: number };
  /** Where the manifest is: one place per slice, in file order. */
  readonly carriers: readonly EmbeddedCarrier[];
  readonly manifests: readonly { readonly language: "go" | "rust"; readonly name: string | null }[];
  /** What the inspector finds about the manifest in this file. */
  readonly findings: readonly EmbedFinding[];
  /** What else there is to know. */
  readonly notes: readonly string[];
}

export interface EmbeddedCarrier {
  readonly arch: string;
  /** `.gnu.warning.otel_manifest`, `__DATA,__otel_manifest`. */
  readonly location: string;
  /** Offset in the file, and length of the JSON text, in bytes. */
  readonly offset: number;
  readonly length: number;
}

export interface EmbedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/**
 * Embeds a manifest in a finished file.
 * @param destination where the edited file goes.
 * @throws UsageError if that is not possible: then no file was changed.
 */
export async function embed(request: EmbedRequest, destination: Destination): Promise<EmbedResult> {
  const { file, fileSystem, names, dryRun } = request;
  const image = opened(request);
  try {
    const before = read(file, () => openedWith(file, image, names, "by-kind", (slices) => slices));
    const text = givenManifest(request.manifest.name, request.manifest.bytes, before.file.role);
    const edit = read(file, () => editOf(before.file, image, text, request));
    if (edit.kind === "refused") throw refusal(file, edit);
    const source = new EditedSource(image, edit.parts);
    const edited: Edited = { request, image, artifact: before.file, slices: before.extra, text };
    const after = checkCarriers(edited, source);
    const isKept = source.isUnchanged() && destination.isSame;
    let { notes } = destination;
    if (!dryRun && !isKept) {
      const lost = await destination.put(source.pieces(), (temporary) => {
        const written = Image.open(fileSystem, temporary);
        try {
          if (image.isChanged()) throw new ChangedFileError();
          checkEmbedded(edited, written);
        } finally {
          written.close();
        }
      });
      notes = [...notes, ...lost];
    }
    return {
      file,
      output: destination.path,
      outcome: isKept ? "unchanged" : dryRun ? "planned" : "written",
      done: edit.done,
      format: after.artifact.format,
      role: after.artifact.role,
      size: { before: image.size, after: source.size },
      carriers: carriersOf(after.artifact, text),
      manifests: text.manifests.map(({ language, name }) => ({ language, name: name ?? null })),
      findings: judgeManifests(after.artifact).map(({ rule, severity, message }) => ({
        rule,
        severity,
        message,
      })),
      notes: [...notes, ...notesOf(after, names)],
    };
  } catch (error) {
    if (error instanceof ChangedFileError) throw unusable(file, error);
    throw error;
  } finally {
    image.close();
  }
}

function opened({ fileSystem, file }: EmbedRequest): Image {
  try {
    return Image.open(fileSystem, file);
  } catch (error) {
    if (error instanceof NotAFileError || fileErrorCode(error) !== undefined) throw unusable(file, error);
    throw error;
  }
}

/** @throws UsageError if the file is broken. */
function read<Result>(file: string, reading: () => Result): Result {
  try {
    return reading();
  } catch (error) {
    if (error instanceof FormatError) throw unusable(file, error);
    throw error;
  }
}

function unusable(file: string, error: unknown): UsageError {
  const code = error instanceof ChangedFileError ? "file-changed" : "file-unreadable";
  return new UsageError(code, `${file}: ${unreadableText(unreadable(file, null, error))}`);
}

function refusal(file: string, { reason, next }: EditRefusal): UsageError {
  return new UsageError("embed-refused", `${file}: the manifest cannot be embedded: ${reason}`, next);
}

function editOf(
  { format }: Artifact,
  image: Image,
  { json }: GivenManifest,
  { names, removeSignature }: EmbedRequest,
): Edit | EditRefusal {
  switch (format) {
    case "elf":
      return embedInElf(image, {
        name: sectionFor(names),
        carriers: names.sections,
        payload: json,
        isPayload: isManifest,
        limit: manifestLimit,
      });
    case "macho":
      return embedInMacho(image, { name: machoSectionFor(names), payload: json, removeSignature });
  }
}

/** The section that is appended to an ELF file: the one that strip keeps, unless other names are set. */
function sectionFor({ sections }: CarrierNames): string {
  if (sections.includes(appendedSection)) return appendedSection;
  return sections.find((name) => !name.startsWith("__")) ?? sections[0] ?? appendedSection;
}

/** The section of a Mach-O file, whose names begin with two underscores by convention. */
function machoSectionFor({ sections }: CarrierNames): string {
  return sections.find((name) => name.startsWith("__")) ?? sections[0] ?? "__otel_manifest";
}

/** Whether the content of a section is one JSON value, as embedded before. */
function isManifest(content: Buffer): boolean {
  const read = readContent(content, true);
  return read.kind === "json" && read.next === undefined;
}

function carriersOf({ slices }: Artifact, { json }: GivenManifest): readonly EmbeddedCarrier[] {
  return slices.flatMap(({ arch, offset, claim: { carriers } }) => {
    const first = carriers.find(({ source }) => source === "section");
    return first === undefined
      ? []
      : [
          {
            arch,
            location: first.location,
            offset: offset + (first.offset ?? 0),
            length: json.length,
          },
        ];
  });
}

/** What people should know about the section. */
function notesOf({ slices }: Reread, { sections }: CarrierNames): readonly string[] {
  const lost = slices
    .flatMap(({ object }): readonly Section[] => object.sectionsNamed(sections))
    .find(({ name, loaded }) => !loaded && !name.startsWith(sparedStart));
  if (lost === undefined) return [];
  return [
    `llvm-strip and eu-strip remove the section ${lost.name}, since it is not loaded. They keep one whose name begins with ${sparedStart}`,
  ];
}

/** How the name of a section begins that is not loaded, and that every strip keeps. */
const sparedStart = ".gnu.warning.";
