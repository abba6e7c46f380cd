import type { ByteSource } from "../image.ts";
import { readHeader, type ElfHeader } from "./header.ts";
import { FILE_HEADER, PROGRAM_HEADER } from "./layout.ts";
import { ProgramTable } from "./segment.ts";

/** So many bytes are compared at a time. */
const PIECE = 2 ** 20;

/**
 * What differs between two files for a loader, which reads no section headers: the ELF header but for what leads to these, the program
 * headers, and the content of the segments. In a few words; undefined if nothing does.
 * @param changed the range of the file that is allowed to differ.
 * @throws FormatError when one of the files is broken.
 */
export function loadedDifference(
  one: ByteSource,
  other: ByteSource,
  changed?: { readonly start: number; readonly end: number },
): string | undefined {
  const [header, after] = [readHeader(one), readHeader(other)];
  const size = FILE_HEADER[header.encoding.bits].size;
  if (!withoutSections(header).equals(withoutSections(after))) return "the ELF header";
  if (!programsOf(one, header).equals(programsOf(other, after))) return "the program headers";
  for (const { offset, fileSize } of new ProgramTable(one, header).loads) {
    const end = Number(offset + fileSize);
    const start = Math.min(Math.max(Number(offset), size), end);
    const parts = changed === undefined ? [{ start, end }] : around({ start, end }, changed);
    for (const part of parts) {
      if (!areEqual(one, other, part)) return `bytes that are loaded from offset 0x${offset.toString(16)}`;
    }
  }
  return undefined;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function around({ start, end }: Range, hole: Range): readonly Range[] {
  if (hole.end <= start || hole.start >= end) return [{ start, end }];
  return [
    { start, end: Math.max(start, hole.start) },
    { start: Math.min(end, hole.end), end },
  ];
}

function areEqual(one: ByteSource, other: ByteSource, { start, end }: Range): boolean {
  for (let at = start; at < end; at += PIECE) {
    const length = Math.min(PIECE, end - at);
    if (!one.read(at, length, "segment").equals(other.read(at, length, "segment"))) return false;
  }
  return true;
}

/** The ELF header with zeros for e_shoff, and from e_shentsize on. */
function withoutSections({ bytes, encoding }: ElfHeader): Buffer {
  const { shoff, shentsize } = FILE_HEADER[encoding.bits];
  const rest = Buffer.from(bytes).fill(0, shoff, shoff + encoding.wordSize);
  return rest.fill(0, shentsize);
}

function programsOf(source: ByteSource, { programs, encoding }: ElfHeader): Buffer {
  const { size } = PROGRAM_HEADER[encoding.bits];
  return source.read(programs.offset, programs.count * size, "program header table");
}
