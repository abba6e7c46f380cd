import { PT_GNU_RELRO } from "../object/elf/constants.ts";
import type { AnyObject } from "../object/any-object.ts";
import type { ElfFile } from "../object/elf/file.ts";

/** A place where one of the wanted texts begins. */
export interface Hit {
  /** Index of the text among those wanted. */
  readonly needle: number;
  /** Bytes around it; `reach` of them before and after, if the data has as many. */
  readonly bytes: Buffer;
  /** Where in `bytes` the text begins. */
  readonly at: number;
  /** What holds it: ".rodata", "__TEXT,__const", "the read-only segment at 0x1000". */
  readonly from: string;
}

/** How far a search came. */
export interface Searched {
  /** Why it is not the whole read-only data that was searched; undefined if it is. */
  readonly gap: string | undefined;
}

/** Bytes that are seen around a hit. Paths of standard library and registry, which are looked for, are shorter. */
export const reach = 512;

/** Read at once, in bytes. */
const chunk = 256 * 1024;

/** More hits mean that the file was made to waste time. */
const mostHits = 2 ** 16;

/**
 * Where compilers put string literals, the likelier first. In Mach-O `__TEXT,__cstring` has C's, `__TEXT,__rodata` Go's, the other
 * three have Rust's; on 64-bit PowerPC Rust's are in `.data.rel.ro`, with what else is read-only once it is relocated.
 */
const literalSections = [
  /^\.l?rodata(\..*)?$|^__TEXT,__(const|cstring|rodata)$|^__DATA(_CONST)?,__const$/,
  /^\.data\.rel\.ro(\..*)?$/,
];

interface Range {
  readonly name: string;
  readonly address: bigint;
  readonly size: bigint;
}

/**
 * Looks for texts in the loaded data that nothing writes to: the sections of literals, or, if there are none
 * (`llvm-strip --strip-sections`), the segments that can only be read. Searches at most `limit` bytes; whoever stops asking
 * stops the reading.
 * @throws FormatError if a section is not all in the file; what was found before is kept.
 */
export function* searchReadOnlyData(
  object: AnyObject,
  needles: readonly Buffer[],
  limit: number,
): Generator<Hit, Searched, undefined> {
  const ranges = readOnlyRanges(object);
  let left = limit;
  let hits = 0;
  for (const { name, address, size } of ranges) {
    const wanted = Number(size < BigInt(left) ? size : BigInt(left));
    for (let start = 0; start < wanted; start += chunk) {
      const length = Math.min(chunk, wanted - start);
      const before = Math.min(reach, start);
      const bytes = object.readAddress(address + BigInt(start - before), before + length + reach, name);
      for (const [needle, at] of hitsIn(bytes, needles, before, before + length)) {
        if ((hits += 1) > mostHits) return { gap: "it contains too many matching texts" };
        yield { needle, bytes, at, from: name };
      }
      left -= length;
    }
    if (size > BigInt(wanted)) return { gap: `only the first ${mebibytes(limit)} were searched` };
  }
  return { gap: ranges.length === 0 ? "the file has no read-only data" : undefined };
}

/** Hits that begin in [start, end); they may reach beyond it. */
function* hitsIn(
  bytes: Buffer,
  needles: readonly Buffer[],
  start: number,
  end: number,
): Generator<readonly [needle: number, at: number], void, undefined> {
  for (const [index, needle] of needles.entries()) {
    for (let at = bytes.indexOf(needle, start); at !== -1 && at < end; at = bytes.indexOf(needle, at + 1)) {
      yield [index, at];
    }
  }
}

function readOnlyRanges(object: AnyObject): readonly Range[] {
  const loaded = object.sections
    .filter((section) => section.loaded && !section.zeroFill)
    .map((section) => ({ name: nameOf(section), address: section.address, size: section.size }));
  const sections = literalSections.flatMap((names) => loaded.filter(({ name }) => names.test(name)));
  if (sections.length > 0) return sections;
  switch (object.format) {
    case "elf":
      return readOnlySegments(object);
    case "macho":
      // Its sections are part of the segment commands, and cannot be stripped.
      return [];
  }
}

function readOnlySegments(file: ElfFile): readonly Range[] {
  const readable = file.segments.filter(({ writable, fileSize }) => !writable && fileSize > 0n);
  const data = readable.filter(({ executable }) => !executable);
  // One segment holds code and literals alike if the linker does not separate them (GNU ld with -z noseparate-code).
  const segments = data.length > 0 ? data : readable;
  const relocated = file.programHeaders.filter(({ type }) => type === PT_GNU_RELRO);
  return [...segments, ...relocated].map(({ address, fileSize }) => {
    // The loader rounds the relocated part up to whole pages, and linkers count what it then covers.
    const place = file.locate(address);
    const available = place.kind === "file" ? BigInt(place.available) : 0n;
    const size = fileSize < available ? fileSize : available;
    return { name: `the read-only segment at 0x${address.toString(16)}`, address, size };
  });
}

function nameOf({ name, segment }: { readonly name: string; readonly segment?: string }): string {
  return segment === undefined ? name : `${segment},${name}`;
}

function mebibytes(bytes: number): string {
  return `${bytes / 2 ** 20} MiB`;
}
