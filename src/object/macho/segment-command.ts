import type { LibrarySection, LibrarySegment } from "./library-command.ts";
import type { Region } from "./region.ts";

/*
 * struct segment_command_64 {     mach-o/loader.h; in struct segment_command the four 64-bit fields have 32 bits
 *   0  u32 cmd, cmdsize;
 *   8  char segname[16];
 *  24  u64 vmaddr, vmsize, fileoff, filesize;
 *  56  i32 maxprot, initprot;
 *  64  u32 nsects, flags;
 * };
 * struct section_64 {             in struct section addr and size have 32 bits, and there is no reserved3
 *   0  char sectname[16], segname[16];
 *  32  u64 addr, size;
 *  48  u32 offset, align, reloff, nreloc, flags, reserved1, reserved2, reserved3;
 * };
 */
interface Layout {
  readonly word: 4 | 8;
  readonly segmentSize: number;
  readonly sectionSize: number;
}

const layouts = {
  segment: { word: 4, segmentSize: 56, sectionSize: 68 },
  segment_64: { word: 8, segmentSize: 72, sectionSize: 80 },
} as const satisfies Record<LibrarySegment["type"], Layout>;

export interface SectionCommand {
  readonly name: string;
  readonly segment: string;
  readonly address: bigint;
  readonly size: bigint;
  readonly offset: number;
  /** nreloc: relocations of this section, in object files. */
  readonly relocationCount: number;
  /** Type in the low byte, attributes above it. */
  readonly flags: number;
  /** Index into the indirect symbol table, in sections of symbol pointers. */
  readonly reserved1: number;
}

export interface SegmentCommand {
  readonly name: string;
  readonly address: bigint;
  readonly memorySize: bigint;
  readonly offset: bigint;
  readonly fileSize: bigint;
  /** initprot. */
  readonly protection: { readonly read: boolean; readonly write: boolean; readonly exec: boolean };
  readonly sections: readonly SectionCommand[];
  /** The load command's bytes, for error messages. */
  readonly command: Region;
}

/**
 * A segment and its sections. What the library gets wrong is read here: the segment's file offset, which it
 * overwrites with the command's; 64-bit numbers above 2^53, which it rounds; and the sections' flags, which it splits
 * into names and loses those that it has no name for.
 */
export function segmentCommand(command: Region, found: LibrarySegment): SegmentCommand {
  const layout = layouts[found.type];
  const { word, segmentSize, sectionSize } = layout;
  return {
    name: found.name,
    address: exact(command, found.vmaddr, 24),
    memorySize: exact(command, found.vmsize, 24 + word),
    offset: command.word(24 + 2 * word, word === 8 ? 64 : 32),
    fileSize: exact(command, found.filesize, 24 + 3 * word),
    protection: found.initprot,
    sections: found.sections.map((section, index) =>
      sectionCommand(command, section, segmentSize + index * sectionSize, word),
    ),
    command,
  };
}

function sectionCommand(command: Region, found: LibrarySection, at: number, word: 4 | 8): SectionCommand {
  const afterSize = at + 32 + 2 * word;
  return {
    name: found.sectname,
    segment: found.segname,
    address: exact(command, found.addr, at + 32),
    size: exact(command, found.size, at + 32 + word),
    offset: found.offset,
    relocationCount: found.nreloc,
    flags: command.u32(afterSize + 16),
    reserved1: command.u32(afterSize + 20),
  };
}

function exact(command: Region, value: number, at: number): bigint {
  return Number.isSafeInteger(value) ? BigInt(value) : command.u64(at);
}
