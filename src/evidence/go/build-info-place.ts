import type { AnyObject } from "../../object/any-object.ts";
import { hasSectionHeaders, type Section } from "../../object/object-file.ts";

/** "\xff Go buildinf:", with which the linker's header begins (Go: src/debug/buildinfo/buildinfo.go, buildInfoMagic). */
const buildInfoMagic = Buffer.from("\xff Go buildinf:", "latin1");

/** buildInfoHeaderSize: the header's length in bytes. */
export const headerSize = 32;

/** So much is read at once, in bytes: most often the strings behind the header too. */
const readAhead = 1024;

/** buildInfoAlign: the header begins at a multiple of it. */
const alignment = 16n;

/** A file that does not name the place is searched no further than this. Go's linker puts it near the beginning of the data. */
const longestSearch = 2 ** 20;

/** Where the header lies, and how that place is called. */
export interface BuildInfoPlace {
  readonly address: bigint;
  /** What stands there, as far as it was read ahead. */
  readonly head: Buffer;
  readonly from: string;
}

/**
 * Where the build info's header begins: in its section, or, in a file whose sections were cut off or merged, in data that the
 * program can write to, as Go's own readers searched it up to Go 1.26. Undefined if it is in neither.
 * @throws FormatError if the section is not all in the file.
 */
export function findBuildInfo(object: AnyObject): BuildInfoPlace | undefined {
  const section = object.sectionsNamed(buildInfoSections)[0];
  if (section !== undefined) {
    const found = search(object, section.address, section.size, longestSearch);
    return found === undefined ? undefined : { ...found, from: nameOf(section) };
  }
  // A file of another language, whose sections say so, is not searched.
  if (hasSectionHeaders(object) && !object.sections.some(isGoSection)) return undefined;
  return searchSegments(object);
}

/** Whether a section is one that only Go's linker makes. */
export function isGoSection({ name }: Section): boolean {
  return goSections.has(name);
}

const buildInfoSections = [".go.buildinfo", "__go_buildinfo"];

/** Go: src/cmd/link/internal/ld/data.go and elf.go; an external linker may merge any of them into another. */
const goSections = new Set([
  ...buildInfoSections,
  ".gopclntab",
  ".data.rel.ro.gopclntab",
  ".note.go.buildid",
  ".go.module",
  ".noptrdata",
  ".noptrbss",
  "__gopclntab",
  "__go_module",
  "__noptrdata",
  "__noptrbss",
]);

function nameOf({ name, segment }: Section): string {
  return segment === undefined ? name : `${segment},${name}`;
}

function searchSegments(object: AnyObject): BuildInfoPlace | undefined {
  let left = longestSearch;
  for (const { address, fileSize, writable, executable } of object.segments) {
    if (!writable || executable) continue;
    const found = search(object, address, fileSize, left);
    if (found !== undefined) return { ...found, from: `the data at 0x${found.address.toString(16)}` };
    left -= Math.min(left, Number(fileSize));
  }
  return undefined;
}

/** The first place of the magic at a multiple of 16 in the first `limit` bytes of a range that has the whole header. */
function search(
  object: AnyObject,
  start: bigint,
  size: bigint,
  limit: number,
): Omit<BuildInfoPlace, "from"> | undefined {
  const first = ((start + alignment - 1n) / alignment) * alignment;
  const length = start + size - first;
  if (length < BigInt(headerSize) || limit < headerSize) return undefined;
  const headAt = (address: bigint): Omit<BuildInfoPlace, "from"> => ({
    address,
    head: object.readAddress(address, readAhead, "build info header"),
  });
  // Nearly always it stands at the very beginning: then nothing more is read.
  const beginning = headAt(first);
  if (startsWithMagic(beginning.head)) return beginning;
  const wanted = length > BigInt(limit) ? limit : Number(length);
  const bytes = object.readAddress(first, wanted, "data that may hold build info");
  for (let at = bytes.indexOf(buildInfoMagic); at !== -1; at = bytes.indexOf(buildInfoMagic, at + 1)) {
    if (at % Number(alignment) === 0 && at + headerSize <= bytes.length) return headAt(first + BigInt(at));
  }
  return undefined;
}

function startsWithMagic(bytes: Buffer): boolean {
  const { length } = buildInfoMagic;
  return bytes.length >= length && bytes.compare(buildInfoMagic, 0, length, 0, length) === 0;
}
