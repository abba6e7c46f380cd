import { FILE_HEADER, PROGRAM_HEADER } from "../../object/elf/layout.ts";
import { PT_LOAD } from "../../object/elf/constants.ts";
import type { Encoding } from "../../object/elf/encoding.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";
import { FormatError } from "../../object/format-error.ts";
import type { ByteSource } from "../../object/image.ts";

/** The kernel maps files in pages of this many bytes at the least. */
export const PAGE = 4096n;

/** Segments that end further out are not looked at: no file reaches there, and the number would no longer be exact. */
const MOST_BYTES = 2n ** 52n;

/** Memory that a segment claims and the file does not have: whoever touches it crashes with SIGBUS (mmap(2)). */
export class MissingPageError extends FormatError {}

export interface Mapping {
  readonly encoding: Encoding;
  /** What the loader takes the file for, whatever its header claims. */
  readonly machine: number;
  readonly type: number;
  readonly machineFlags: number;
  readonly programs: readonly ProgramHeader[];
}

/**
 * A file as a loader sees it once it is mapped. A loader never looks at section headers, so there are none; it has already
 * made up its mind about header and program headers, so those are rewritten; and if a segment reaches beyond the end of
 * the file, the rest of the last page is zero and all after it is missing.
 */
export class MappedFile implements ByteSource {
  readonly origin: number;
  readonly size: number;
  /** End of the last page that has at least one byte of the file. */
  readonly end: number;
  readonly #header: Buffer;
  readonly #table: Buffer;
  readonly #tableAt: number;

  /** @throws FormatError when a segment is too far out for this reader. */
  constructor(
    private readonly source: ByteSource,
    mapping: Mapping,
  ) {
    this.origin = source.origin;
    this.end = Number(pageUp(BigInt(source.size)));
    let last = BigInt(this.end);
    for (const { type, offset, fileSize } of mapping.programs)
      if (type === PT_LOAD && offset + fileSize > last) last = offset + fileSize;
    if (last > MOST_BYTES) {
      throw new FormatError({
        what: "loadable segment lies too far out",
        offset: source.origin,
        found: `an end at 0x${last.toString(16)}`,
        expected: `at most 0x${MOST_BYTES.toString(16)}`,
      });
    }
    this.#tableAt = Number(pageUp(last));
    this.#table = tableOf(mapping);
    this.#header = headerOf(mapping, this.#tableAt);
    this.size = this.#tableAt + this.#table.length;
  }

  /** Whether the byte at a place in the file is in a page that is not there. */
  lacks(offset: bigint): boolean {
    return offset >= BigInt(this.end);
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const [start, count] = [BigInt(offset), BigInt(length)];
    if (start >= BigInt(this.#tableAt) && start + count <= BigInt(this.size)) {
      const at = Number(start) - this.#tableAt;
      return Buffer.from(this.#table.subarray(at, at + Number(count)));
    }
    if (start < 0n || count < 0n || start + count > BigInt(this.size)) {
      throw new FormatError({
        what: `${what} is cut off or points outside the file`,
        offset: this.origin,
        found: `0x${count.toString(16)} bytes at 0x${start.toString(16)}`,
        expected: `a place inside 0x${this.size.toString(16)} bytes`,
      });
    }
    if (start + count > BigInt(this.end)) {
      throw new MissingPageError({
        what: `${what} lies behind the end of the file`,
        offset: this.origin + this.source.size,
        found: `0x${count.toString(16)} bytes at 0x${start.toString(16)}`,
        expected: `a place inside 0x${this.source.size.toString(16)} bytes`,
      });
    }
    return this.#readPadded(Number(start), Number(count), what);
  }

  table(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const isAsWritten =
      offset >= this.#header.length && BigInt(offset) + BigInt(length) <= BigInt(this.source.size);
    const shared = isAsWritten ? this.source.table?.(offset, length, what) : undefined;
    return shared ?? this.read(offset, length, what);
  }

  #readPadded(start: number, count: number, what: string): Buffer {
    const there = Math.max(0, Math.min(count, this.source.size - start));
    let bytes = this.source.read(Math.min(start, this.source.size), there, what);
    if (there < count) bytes = Buffer.concat([bytes], count);
    if (start < this.#header.length)
      this.#header.copy(bytes, 0, start, Math.min(start + count, this.#header.length));
    return bytes;
  }
}

export function pageUp(value: bigint): bigint {
  return ((value + PAGE - 1n) / PAGE) * PAGE;
}

export function pageDown(value: bigint): bigint {
  return value - (value % PAGE);
}

function headerOf({ encoding, machine, type, machineFlags, programs }: Mapping, tableAt: number): Buffer {
  const layout = FILE_HEADER[encoding.bits];
  const bytes = Buffer.alloc(layout.size);
  bytes.write("\x7fELF", "latin1");
  bytes[4] = encoding.bits / 32;
  bytes[5] = encoding.endian === "little" ? 1 : 2;
  bytes[6] = 1;
  putNumber(bytes, 16, 2, BigInt(type), encoding);
  putNumber(bytes, 18, 2, BigInt(machine), encoding);
  putNumber(bytes, 20, 4, 1n, encoding);
  putNumber(bytes, layout.phoff, encoding.wordSize, BigInt(tableAt), encoding);
  putNumber(bytes, layout.flags, 4, BigInt(machineFlags), encoding);
  putNumber(bytes, layout.phentsize, 2, BigInt(PROGRAM_HEADER[encoding.bits].size), encoding);
  putNumber(bytes, layout.phnum, 2, BigInt(programs.length), encoding);
  return bytes;
}

function tableOf({ encoding, programs }: Mapping): Buffer {
  const layout = PROGRAM_HEADER[encoding.bits];
  const bytes = Buffer.alloc(programs.length * layout.size);
  for (const [index, program] of programs.entries()) {
    const at = index * layout.size;
    const word = (field: number, value: bigint): void => {
      putNumber(bytes, at + field, encoding.wordSize, value, encoding);
    };
    putNumber(bytes, at + layout.type, 4, BigInt(program.type), encoding);
    putNumber(bytes, at + layout.flags, 4, BigInt(program.flags), encoding);
    word(layout.offset, program.offset);
    word(layout.vaddr, program.address);
    word(layout.filesz, program.fileSize);
    word(layout.memsz, program.memorySize);
    word(layout.align, program.alignment);
  }
  return bytes;
}

function putNumber(bytes: Buffer, at: number, size: number, value: bigint, { endian }: Encoding): void {
  for (let index = 0; index < size; index++) {
    const shift = BigInt(8 * (endian === "little" ? index : size - 1 - index));
    bytes[at + index] = Number((value >> shift) & 0xffn);
  }
}
