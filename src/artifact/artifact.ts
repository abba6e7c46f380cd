import type { Fact } from "../evidence/fact.ts";
import { linkerSetVariable, readGoBuildInfo, type GoBuildInfo } from "../evidence/go/build-info.ts";
import { readProof, type Proof } from "../evidence/proof.ts";
import { realTargetOfElf, realTargetOfMacho, type RealTarget } from "../evidence/system/real-target.ts";
import type { CarrierNames } from "../manifest/carrier/carrier-names.ts";
import { readClaim, type Claim } from "../manifest/claim.ts";
import { locateCarriers, type LocatedCarrier } from "../manifest/carrier/locate.ts";
import { ElfFile } from "../object/elf/file.ts";
import { Image, type ByteSource } from "../object/image.ts";
import type { ObjectKind } from "../object/object-file.ts";
import { openObject, type OpenedSlice } from "../object/open.ts";
import { unreadable, type Unreadable } from "./unreadable.ts";

/** A plugin or a host as plain data: what the object file is, what it claims, what it proves. */
export interface Artifact {
  readonly kind: "artifact";
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly format: "elf" | "macho";
  readonly universal: boolean;
  /** What it was read as. */
  readonly role: Role;
  /** In file order, one at least. */
  readonly slices: readonly ArtifactSlice[];
}

export interface ArtifactSlice {
  readonly format: "elf" | "macho";
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

/** A host may carry one manifest a language, a plugin one. */
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

/** Reads one file. What makes it unreadable as a whole is returned; anything else that is thrown is a bug. */
export function readArtifact(path: string, names: CarrierNames, role: Role): Artifact | Unreadable {
  return readWith(path, names, role, () => undefined).file;
}

/** The same, with whatever else is wanted of the file while it is open. */
export function readWith<Extra>(
  path: string,
  names: CarrierNames,
  role: RoleWanted,
  extra: ReadExtra<Extra>,
): Read<Extra> {
  let image: Image | undefined;
  try {
    image = Image.open(path);
    return openedWith(path, image, names, role, extra);
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
  const { format, universal, slices } = openObject(source);
  const isProgram = slices.every(({ object }) => object.kind === "executable");
  const role = wanted === "by-kind" ? (isProgram ? "host" : "plugin") : wanted;
  return {
    file: {
      kind: "artifact",
      path,
      size: source.size,
      format,
      universal,
      role,
      slices: slices.map((slice) => readSlice(slice, names, role)),
    },
    extra: extra(slices, source),
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
    target: object instanceof ElfFile ? realTargetOfElf(object) : realTargetOfMacho(object),
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
