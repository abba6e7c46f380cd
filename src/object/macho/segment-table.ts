import { fileTypes, S_ATTR_INSTRUCTIONS, SECTION_TYPE, sectionTypes } from "./constants.ts";
import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { AddressPlace, Section, Segment } from "../object-file.ts";
import type { MachoHeader } from "./header.ts";
import type { SectionCommand, SegmentCommand } from "./segment-command.ts";

/** A section as the load command has it, beside what every object file has. */
export interface MachoSection extends Section {
  readonly segment: string;
  readonly size: bigint;
  readonly offset: number;
  readonly compressed: false;
  readonly loaded: true;
  /** SECTION_TYPE: the low byte of flags. */
  readonly type: number;
  /** Attributes and type. */
  readonly flags: number;
  readonly relocationCount: number;
  readonly reserved1: number;
}

/** Whether a section holds machine code, by its attributes. */
export function holdsCode({ flags }: MachoSection): boolean {
  return (flags & S_ATTR_INSTRUCTIONS) !== 0;
}

/** Whether a section belongs to thread-local storage. */
export function isThreadLocal({ type }: MachoSection): boolean {
  return type >= sectionTypes.threadLocalRegular && type <= sectionTypes.threadLocalVariables;
}

/** The segments of an image, checked against the file: where an address and a section lie in it. */
export class SegmentTable {
  readonly segments: readonly Segment[];
  readonly sections: readonly MachoSection[];
  readonly #owners = new Map<Section, SegmentCommand>();
  #byAddress: readonly MachoSection[] | undefined;

  /**
   * @throws FormatError for a segment that leaves the file or the address space, holds more than it maps, or shares
   * addresses with another (dyld, mach_o/UnsafeHeader.cpp, validSegment and validSemanticsSegments).
   */
  constructor(
    private readonly source: ByteSource,
    private readonly header: MachoHeader,
    private readonly commands: readonly SegmentCommand[],
  ) {
    for (const command of commands) this.#check(command);
    this.#checkOverlap();
    this.segments = commands.map(segmentOf);
    this.sections = commands.flatMap((command) =>
      command.sections.map((section) => {
        const made = sectionOf(section);
        this.#owners.set(made, command);
        return made;
      }),
    );
  }

  /** Address of the Mach-O header: of the segment that maps the file's start, `__TEXT`; 0 if there is none. */
  get base(): bigint {
    const text = this.commands.find(({ name }) => name === "__TEXT");
    const first = this.commands.find(({ offset, fileSize }) => offset === 0n && fileSize > 0n);
    return (text ?? first)?.address ?? 0n;
  }

  locate(address: bigint): AddressPlace {
    const found = this.commands.find(
      (one) => address >= one.address && address < one.address + one.memorySize,
    );
    // Nothing can be mapped at a page zero: it takes no bytes of the file and gives no access.
    if (found === undefined || isReservation(found)) return { kind: "unmapped" };
    const from = address - found.address;
    const content = found.fileSize < found.memorySize ? found.fileSize : found.memorySize;
    if (from >= content) return { kind: "zero-fill" };
    return { kind: "file", offset: Number(found.offset + from), available: Number(content - from) };
  }

  readAddress(address: bigint, length: number, what: string): Buffer {
    const place = this.locate(address);
    if (place.kind === "file") return this.source.read(place.offset, Math.min(length, place.available), what);
    const why = place.kind === "zero-fill" ? "zero-filled memory" : "no segment";
    throw new FormatError({
      what: `${what} lies in ${why}`,
      offset: this.source.origin,
      found: `address 0x${address.toString(16)}`,
      expected: "an address with file content",
    });
  }

  readSection(section: Section, limit: number): Buffer {
    const owner = this.#owners.get(section);
    if (owner === undefined) throw new Error(`section ${section.name} is of another file`);
    const named = `section ${section.segment ?? ""},${section.name}`;
    const offset = BigInt(section.offset);
    const size = BigInt(section.size);
    const problem = (what: string, found: bigint, expected: string) =>
      owner.command.problem(`${named} ${what}`, 0, `0x${found.toString(16)}`, expected);
    if (section.zeroFill) throw problem("is zero-filled", size, "a section with file content");
    if (size > BigInt(limit)) throw problem("is too long", size, `at most ${limit} bytes`);
    if (size > 0n && (offset < owner.offset || offset + size > owner.offset + owner.fileSize)) {
      const end = owner.offset + owner.fileSize;
      throw problem(
        "leaves its segment",
        offset,
        `from 0x${owner.offset.toString(16)} to 0x${end.toString(16)}`,
      );
    }
    return this.source.read(offset, size, named);
  }

  /** The section of a number as symbols use it, counted from 1 through all segments (nlist.n_sect). */
  sectionOfOrdinal(ordinal: number): MachoSection | undefined {
    return this.sections[ordinal - 1];
  }

  sectionAt(address: bigint): MachoSection | undefined {
    this.#byAddress ??= this.sections.toSorted((a, b) =>
      a.address < b.address ? -1 : a.address > b.address ? 1 : 0,
    );
    let low = 0;
    let high = this.#byAddress.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const one = this.#byAddress[middle];
      if (one !== undefined && one.address <= address) low = middle + 1;
      else high = middle;
    }
    const found = this.#byAddress[low - 1];
    return found !== undefined && address < found.address + found.size ? found : undefined;
  }

  /** The segment of that number as fixups use it: the order of the load commands, from 0. */
  segmentOfIndex(index: number): Segment | undefined {
    return this.segments[index];
  }

  #check(segment: SegmentCommand): void {
    const { name, command, offset, fileSize, address, memorySize } = segment;
    const { size } = this.source;
    const problem = (what: string, found: bigint, expected: string) =>
      command.problem(`segment ${name} ${what}`, 0, `0x${found.toString(16)}`, expected);
    if (offset + fileSize > BigInt(size)) {
      throw problem("is cut off", offset + fileSize, `an end at or before 0x${size.toString(16)}`);
    }
    if (address + memorySize > 1n << BigInt(this.header.bits)) {
      throw problem("leaves the address space", address + memorySize, `${this.header.bits}-bit addresses`);
    }
    // Go's __DWARF is the exception that dyld makes: in the file, but not mapped at all.
    const isUnmapped = memorySize === 0n && !isAccessible(segment);
    if (fileSize > memorySize && !isUnmapped && this.header.fileType !== fileTypes.object) {
      throw problem("has more bytes than it maps", fileSize, `at most 0x${memorySize.toString(16)}`);
    }
  }

  #checkOverlap(): void {
    let end = 0n;
    const sorted = this.commands.filter(({ memorySize }) => memorySize > 0n);
    sorted.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
    for (const { name, address, memorySize, command } of sorted) {
      if (address < end) {
        const what = `segment ${name} overlaps another in memory`;
        throw command.problem(what, 0, `0x${address.toString(16)}`, `at least 0x${end.toString(16)}`);
      }
      end = address + memorySize;
    }
  }
}

function segmentOf({ name, address, memorySize, offset, fileSize, protection }: SegmentCommand): Segment {
  const { read: readable, write: writable, exec: executable } = protection;
  return { name, address, memorySize, offset, fileSize, readable, writable, executable };
}

function sectionOf(found: SectionCommand): MachoSection {
  const type = found.flags & SECTION_TYPE;
  const zeroFill =
    type === sectionTypes.zeroFill ||
    type === sectionTypes.bigZeroFill ||
    type === sectionTypes.threadLocalZeroFill;
  return { ...found, type, zeroFill, compressed: false, loaded: true };
}

function isAccessible({ protection: { read, write, exec } }: SegmentCommand): boolean {
  return read || write || exec;
}

function isReservation(segment: SegmentCommand): boolean {
  return segment.fileSize === 0n && !isAccessible(segment);
}
