import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import { PT_NOTE, SHT_NOTE } from "./constants.ts";
import type { Encoding } from "./encoding.ts";
import type { ElfSection } from "./section.ts";
import type { ProgramTable } from "./segment.ts";

/** One note (gABI 5, "Note Section"): a few bytes of meaning that its owner's name and the type tell. */
export interface Note {
  /** The owner: "GNU", "Go", "FDO", … without its NUL. */
  readonly name: string;
  readonly type: number;
  /** Where its content lies in the file. */
  readonly offset: number;
  /** Length of the content in bytes; inside the file. */
  readonly size: number;
}

/** Longer names are refused; the longest known has 12 characters. */
const LONGEST_NAME = 1024;
/** More notes are refused. Core files have five for each thread. */
const MOST_NOTES = 2 ** 17;

/** Notes of so many bytes together are read at once. */
const SHORT = 1024;

/** Bytes that hold notes. */
interface NoteRange {
  readonly offset: bigint;
  readonly size: bigint;
  readonly alignment: bigint;
}

/** The notes of all PT_NOTE segments; of SHT_NOTE sections if a file has no such segment. */
export function readNotes(
  source: ByteSource,
  encoding: Encoding,
  programs: ProgramTable,
  sections: () => readonly ElfSection[],
): readonly Note[] {
  const segments = programs.ofType(PT_NOTE);
  const ranges: readonly NoteRange[] =
    segments.length > 0
      ? segments.map(({ offset, fileSize: size, alignment }) => ({ offset, size, alignment }))
      : sections().filter(({ type }) => type === SHT_NOTE);
  const notes: Note[] = [];
  for (const range of ranges) {
    for (const note of walk(source, encoding, range)) {
      if (notes.push(note) <= MOST_NOTES) continue;
      throw new FormatError({
        what: "there are too many notes for this reader",
        offset: source.origin + Number(range.offset),
        expected: `at most ${MOST_NOTES}`,
      });
    }
  }
  return notes;
}

/** Elf32_Nhdr and Elf64_Nhdr are the same: n_namesz, n_descsz, n_type; then the name and the content, each padded. */
function* walk(source: ByteSource, encoding: Encoding, range: NoteRange): Generator<Note, void, undefined> {
  const end = range.offset + range.size;
  if (end > BigInt(source.size)) throw leaves(source, source.size, `0x${range.size.toString(16)} bytes`);
  // The gABI asks for 8-byte padding in 64-bit files; all but the notes with an alignment of 8 use 4 (binutils, glibc).
  const unit = range.alignment === 8n ? 8 : 4;
  const pad = (offset: number): number => Math.ceil(offset / unit) * unit;
  const [start, length] = [Number(range.offset), Number(range.size)];
  const whole = length <= SHORT ? source.read(start, length, "notes") : undefined;
  const read = (at: number, size: number, what: string): Buffer =>
    whole?.subarray(at, at + size) ?? source.read(start + at, size, what);
  for (let at = 0; at + 12 <= length;) {
    const header = read(at, 12, "note header");
    const nameSize = encoding.u32(header, 0);
    const size = encoding.u32(header, 4);
    const content = pad(at + 12 + nameSize);
    if (nameSize > LONGEST_NAME || at + 12 + nameSize > length)
      throw leaves(source, start + at, `a name of ${nameSize} bytes`);
    if (size > 0 && content + size > length) throw leaves(source, start + at, `content of ${size} bytes`);
    const name = read(at + 12, nameSize, "note name")
      .toString("utf8")
      .replace(/\0+$/, "");
    yield { name, type: encoding.u32(header, 8), offset: start + Math.min(content, length), size };
    at = pad(content + size);
  }
}

function leaves(source: ByteSource, offset: number, found: string): FormatError {
  return new FormatError({
    what: "note is cut off or leaves its segment",
    offset: source.origin + offset,
    found,
    expected: "a note inside its segment or section",
  });
}
