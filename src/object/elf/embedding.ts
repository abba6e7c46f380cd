import type { Edit, EditRefusal } from "../edit.ts";
import type { ByteSource } from "../image.ts";
import { appending } from "./appended-section.ts";
import { ET_DYN, ET_EXEC, ET_REL } from "./constants.ts";
import { EmbeddableFile, overlaps, patched, rangeOf, type Patch } from "./embeddable-file.ts";
import type { ElfHeader } from "./header.ts";
import { FILE_HEADER } from "./layout.ts";
import type { ElfSection } from "./section.ts";
import { readContent } from "./section-content.ts";

/** What is to be embedded in an ELF file, and where. */
export interface ElfEmbedding {
  /** The section that is appended if none of the file can be written to. */
  readonly name: string;
  /** The sections that may carry the same, by name; `name` is one of them. */
  readonly carriers: readonly string[];
  /** The bytes; the section may have more, which are NULs. */
  readonly payload: Buffer;
  /** Whether the content of a section, without the NULs at its end, is of the same kind. Other content is not overwritten. */
  readonly isPayload: (content: Buffer) => boolean;
  /** The most bytes of a section that are read for that. */
  readonly limit: number;
}

/**
 * Embeds bytes in a section of a finished ELF file. Program headers and all loaded bytes stay as they are, except a reserved section's.
 *
 * A section that was reserved while the file was built is overwritten in place. Else the bytes become a section that is not allocated:
 * they are appended to the file, and behind them the section names and the section headers, which e_shoff, e_shnum and e_shstrndx then
 * lead to (gABI 4, "ELF Header"). What an earlier run appended is dropped, so that the file does not grow.
 * @throws FormatError when the file is broken.
 */
export function embedInElf(source: ByteSource, request: ElfEmbedding): Edit | EditRefusal {
  const old = new EmbeddableFile(source);
  const refusal = unsuited(old.header);
  if (refusal !== undefined) return refusal;
  const allocated = old.named(request.carriers).filter(({ loaded }) => loaded);
  const [section, other] = allocated;
  if (other !== undefined && section !== undefined) {
    return refused(
      `it has two sections for a manifest that are loaded, ${section.name} and ${other.name}, and one manifest is embedded once`,
      ["Build the file again with one of them."],
    );
  }
  const appended = old.named(request.carriers).filter(({ loaded }) => !loaded);
  if (section === undefined) {
    const inPlace = appended.length === 1 ? inReserved(old, appended[0], request) : undefined;
    return inPlace ?? appending(old, request, appended);
  }
  const edit = inAllocated(old, section, request);
  // A second carrier must say the same.
  return edit.kind === "refused" || appended.length === 0 ? edit : appending(old, request, appended, edit);
}

function unsuited({ type, bytes, programs, encoding }: ElfHeader): EditRefusal | undefined {
  if (type === ET_REL) {
    return refused("it is a relocatable file, and a linker would drop the section", [
      "Embed the manifest in the library or executable that is linked from it.",
    ]);
  }
  if (type !== ET_DYN && type !== ET_EXEC)
    return refused(`it is not a library or executable (e_type ${type})`, []);
  // Its start-up code takes the end of the section headers for the end of the program, and what follows for a file system (AppImageSpec,
  // "Type 2 image format"): behind new headers it would find nothing.
  if (bytes.toString("latin1", 8, 10) === "AI") {
    return refused(
      "it is an AppImage, which would no longer find its file system behind the section headers",
      ["Embed the manifest in the program before the AppImage is made of it."],
    );
  }
  const isShared = programs.count > 0 && programs.offset < FILE_HEADER[encoding.bits].size;
  return isShared || bytes.length !== FILE_HEADER[encoding.bits].size
    ? refused("its program headers overlap the ELF header, which must change", [
        "Link the file with an ordinary linker.",
      ])
    : undefined;
}

interface InPlace extends Edit {
  readonly patches: readonly Patch[];
}

/** A section that is loaded stays where it is: its bytes are replaced, or it is built again. */
function inAllocated(old: EmbeddableFile, section: ElfSection, request: ElfEmbedding): InPlace | EditRefusal {
  const { name } = section;
  const rebuild = `Build the file again with the manifest in ${name}, or without that section: then one is appended.`;
  if (section.zeroFill) {
    return refused(`its section ${name} is in zero-filled memory: the file has no bytes for it`, [
      "Give the section content when it is compiled, such as a blank before the NULs.",
    ]);
  }
  const content = contentOf(old, section, request);
  if (
    content === undefined ||
    !old.isInSegment(section) ||
    overlaps(rangeOf(section), old.othersThan(section))
  )
    return refused(`its section ${name} holds something else than a manifest, or shares its bytes`, [
      rebuild,
    ]);
  const room = roomIn(content);
  if (request.payload.length > room) {
    return refused(
      `its section ${name} has room for ${room} bytes, and the manifest takes ${request.payload.length}`,
      [
        `The section is loaded with the file, so it cannot grow. Build the file again with a section of at least ${request.payload.length + 1} bytes, or without it: then one is appended.`,
      ],
    );
  }
  return overwriting(old, section, content, request);
}

/** A section that is not loaded, but has NULs to spare. */
function inReserved(
  old: EmbeddableFile,
  section: ElfSection | undefined,
  request: ElfEmbedding,
): InPlace | undefined {
  if (section === undefined || section.zeroFill || section.compressed) return undefined;
  const content = contentOf(old, section, request);
  if (content?.at(-1) !== 0 || request.payload.length > roomIn(content)) return undefined;
  const kept = [...old.loaded(), ...old.othersThan(section)];
  return overlaps(rangeOf(section), kept) ? undefined : overwriting(old, section, content, request);
}

/** The bytes of a section that may be overwritten: NULs, or what was embedded, and NULs. */
function contentOf(
  old: EmbeddableFile,
  section: ElfSection,
  { isPayload, limit }: ElfEmbedding,
): Buffer | undefined {
  if (section.compressed || section.size > BigInt(limit) || section.size === 0n) return undefined;
  const content = readContent(old.source, old.header.encoding, section, limit);
  const text = withoutNuls(content);
  return text.length === 0 || isPayload(text) ? content : undefined;
}

function withoutNuls(content: Buffer): Buffer {
  let end = content.length;
  while (end > 0 && content[end - 1] === 0) end -= 1;
  return content.subarray(0, end);
}

/** A program may read the section as a C string: if it ended with a NUL, it still does. */
function roomIn(content: Buffer): number {
  return content.at(-1) === 0 ? content.length - 1 : content.length;
}

function overwriting(
  old: EmbeddableFile,
  section: ElfSection,
  content: Buffer,
  { payload }: ElfEmbedding,
): InPlace {
  const bytes = Buffer.alloc(content.length);
  payload.copy(bytes);
  const patches = [{ start: Number(section.offset), bytes }];
  return {
    kind: "edit",
    parts: patched(patches, old.source.size),
    done: `overwrote the section ${section.name}, which has ${content.length} bytes`,
    patches,
  };
}

function refused(reason: string, next: readonly string[]): EditRefusal {
  return { kind: "refused", reason, next };
}
