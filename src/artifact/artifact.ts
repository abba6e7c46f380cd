import type { Files } from "../files/files.ts";
import type { Fact } from "../evidence/fact.ts";
import { linkerSetVariable, readGoBuildInfo, type GoBuildInfo } from "../evidence/go/build-info.ts";
import { readProof, type Proof } from "../evidence/proof.ts";
import { readRealTarget, type RealTarget } from "../evidence/system/real-target.ts";
import type { CarrierNames } from "../manifest/carrier/carrier-names.ts";
import { readClaim, type Claim } from "../manifest/claim.ts";
import { locateCarriers, type LocatedCarrier } from "../manifest/carrier/locate.ts";
import { ChangedFileError, Image, type ByteSource } from "../object/image.ts";
import type { ObjectKind, ObjectFormat } from "../object/object-file.ts";
import { openObject, type OpenedFile, type OpenedSlice } from "../object/open.ts";
import { unreadable, type Unreadable } from "./unreadable.ts";

/** A plugin or a host as plain data: what the object file is, what it claims, what it proves. */
export interface Artifact {
  readonly kind: "artifact";
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly format: ObjectFormat;
  readonly universal: boolean;
  /** What it was read as. */
  readonly role: Role;
  /** In file order, one at least. */
  readonly slices: readonly ArtifactSlice[];
}

export interface ArtifactSlice {
  readonly format: ObjectFormat;
  readonly arch: string;
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  readonly kind: ObjectKind;
  /** Offset and length in the file, in bytes. */
  readonly offset: number;
  readonly size: number;
  readonly claim: Claim;
  readonly target: RealTarget;
  readonly proof: Proof;
}

/** A host may carry one manifest per language, a plugin one. */
export type Role = "plugin" | "host";

/** Where nobody says which it is, an executable is read as the host it may be. */
type RoleWanted = Role | "by-kind";

/** A file that was read, and what was read of it besides; undefined of a file that is unreadable. */
export interface Read<Extra> {
  readonly file: Artifact | Unreadable;
  readonly extra: Extra | undefined;
}

/** What else is wanted of a file while it is open; FormatErrors make the file unreadable. */
export type ReadExtra<Extra> = (slices: readonly OpenedSlice[], source: ByteSource) => Extra;

/** What can be read of a file while it is open, or why it could not be opened. */
export type Content =
  | {
      readonly kind: "open";
      readonly image: Image;
      /** None if it is not an object file, or its headers are broken. */
      readonly slices: readonly OpenedSlice[];
    }
  | { readonly kind: "not-opened"; readonly error: unknown };

/** A file that was opened once for everything that is asked of it: what is read later is of the same bytes. */
export interface OpenedArtifact {
  readonly file: Artifact | Unreadable;
  readonly content: Content;
}

/** Opens and reads one file; whatever is thrown meanwhile makes it unreadable. The caller closes it with `closeArtifact`. */
export function openArtifact(files: Files, path: string, names: CarrierNames, role: Role): OpenedArtifact {
  let image: Image;
  try {
    image = Image.open(files, path);
  } catch (error) {
    return { file: unreadable(path, null, error), content: { kind: "not-opened", error } };
  }
  let slices: readonly OpenedSlice[] = [];
  try {
    const opened = openObject(image);
    slices = opened.slices;
    return {
      file: artifactOf(path, image.size, opened, names, role),
      content: { kind: "open", image, slices },
    };
  } catch (error) {
    return { file: unreadable(path, image.size, error), content: { kind: "open", image, slices } };
  }
}

/** What is to be said of a file instead if it was written to since it was opened; undefined if it was not. */
export function changed({ file, content }: OpenedArtifact): OpenedArtifact | undefined {
  if (content.kind !== "open" || !content.image.isChanged()) return undefined;
  const error = new ChangedFileError();
  return { file: unreadable(file.path, file.size, error), content: { kind: "not-opened", error } };
}

/** What is to be said of a file instead, on which this program failed when it judged it. */
export function failed({ file: { path, size } }: OpenedArtifact, error: unknown): OpenedArtifact {
  return { file: unreadable(path, size, error), content: { kind: "not-opened", error } };
}

export function closeArtifact({ content }: OpenedArtifact): void {
  if (content.kind === "open") content.image.close();
}

/**
 * Reads one file, with whatever else is wanted of it while it is open. What makes it unreadable as a whole is returned, a bug of this
 * program too.
 */
export function readWith<Extra>(
  files: Files,
  path: string,
  names: CarrierNames,
  role: RoleWanted,
  extra: ReadExtra<Extra>,
): Read<Extra> {
  let image: Image | undefined;
  try {
    image = Image.open(files, path);
    const read = openedWith(path, image, names, role, extra);
    if (image.isChanged()) throw new ChangedFileError();
    return read;
  } catch (error) {
    return { file: unreadable(path, image?.size ?? null, error), extra: undefined };
  } finally {
    image?.close();
  }
}

/** The same for a file that is open already. @throws FormatError */
export function openedWith<Extra>(
  path: string,
  source: ByteSource,
  names: CarrierNames,
  wanted: RoleWanted,
  extra: ReadExtra<Extra>,
): { readonly file: Artifact; readonly extra: Extra } {
  const opened = openObject(source);
  const { slices } = opened;
  const isProgram = slices.every(({ object }) => object.kind === "executable");
  const role = wanted === "by-kind" ? (isProgram ? "host" : "plugin") : wanted;
  return { file: artifactOf(path, source.size, opened, names, role), extra: extra(slices, source) };
}

function artifactOf(
  path: string,
  size: number,
  { format, universal, slices }: OpenedFile,
  names: CarrierNames,
  role: Role,
): Artifact {
  return {
    kind: "artifact",
    path,
    size,
    format,
    universal,
    role,
    slices: slices.map((slice) => readSlice(slice, names, role)),
  };
}

function readSlice({ object, offset }: OpenedSlice, names: CarrierNames, role: Role): ArtifactSlice {
  const { format, arch, bits, endian, kind, size } = object;
  const info = readGoBuildInfo(object);
  const mainPackage = info.known ? info.value.path : undefined;
  return {
    format,
    arch,
    bits,
    endian,
    kind,
    offset,
    size,
    claim: readClaim(
      [...locateCarriers(object, names, mainPackage), ...linkerSet(info, names)],
      role === "host",
    ),
    target: readRealTarget(object),
    proof: readProof(object, info),
  };
}

/** Go's `-ldflags "-X …"` is recorded in the build info, which outlives the symbol of a stripped executable. */
function linkerSet(info: Fact<GoBuildInfo>, names: CarrierNames): readonly LocatedCarrier[] {
  if (!info.known) return [];
  return names.goVariables.flatMap((name) => {
    const variable = linkerSetVariable(info.value, name);
    if (variable === undefined) return [];
    return [
      {
        source: "build-info",
        location: `${info.from} -ldflags -X ${variable.name}`,
        offset: undefined,
        payload: { kind: "bytes", bytes: Buffer.from(variable.value, "utf8") },
      },
    ];
  });
}
