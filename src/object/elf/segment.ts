import type { Segment } from "../object-file.ts";
import type { ByteSource } from "../image.ts";
import { PF_R, PF_W, PF_X, PT_LOAD } from "./constants.ts";
import { decodeProgram, exact } from "./elfy-tables.ts";
import type { ElfHeader } from "./header.ts";
import { PROGRAM_HEADER } from "./layout.ts";
import { FormatError } from "../format-error.ts";

/** One entry of the program header table (gABI 5, "Program Header"). Nothing but PT_LOAD is checked against the file. */
export interface ProgramHeader {
  /** p_type. */
  readonly type: number;
  /** p_flags: 1 executable, 2 writable, 4 readable. */
  readonly flags: number;
  /** p_offset: place in the file. */
  readonly offset: bigint;
  /** p_vaddr. */
  readonly address: bigint;
  /** p_filesz, in bytes. */
  readonly fileSize: bigint;
  /** p_memsz, in bytes. */
  readonly memorySize: bigint;
  /** p_align; 0 and 1 mean none. */
  readonly alignment: bigint;
}

/** The program header table. The headers are decoded when they are asked for, the loadable segments at once. */
export class ProgramTable {
  readonly loads: readonly ProgramHeader[];
  readonly #bytes: Buffer;
  /** p_type of each. */
  readonly #types: Uint32Array;
  #all: readonly ProgramHeader[] | undefined;

  /** @throws FormatError when a PT_LOAD leaves the file: a loader maps it and crashes with SIGBUS on the missing pages. */
  constructor(
    private readonly source: ByteSource,
    private readonly header: ElfHeader,
  ) {
    const { encoding, programs } = header;
    const { size, type } = PROGRAM_HEADER[encoding.bits];
    this.#bytes = source.read(programs.offset, programs.count * size, "program header table");
    const view = encoding.view(this.#bytes);
    this.#types = new Uint32Array(programs.count);
    for (let index = 0; index < programs.count; index++) this.#types[index] = view.u32(index * size + type);
    this.loads = this.ofType(PT_LOAD);
  }

  /** All of them, as they are in the file. */
  get all(): readonly ProgramHeader[] {
    return (this.#all ??= Array.from(this.#types, (_, index) => this.#decode(index)));
  }

  /** Those of one p_type, in file order. */
  ofType(wanted: number): readonly ProgramHeader[] {
    const found: ProgramHeader[] = [];
    for (let at = this.#types.indexOf(wanted); at !== -1; at = this.#types.indexOf(wanted, at + 1)) {
      found.push(this.#decode(at));
    }
    return found;
  }

  #decode(index: number): ProgramHeader {
    const { encoding, programs } = this.header;
    const layout = PROGRAM_HEADER[encoding.bits];
    const at = index * layout.size;
    const bytes = this.#bytes.subarray(at, at + layout.size);
    const entry = decodeProgram(encoding, bytes);
    const program = {
      type: encoding.u32(bytes, layout.type),
      flags: encoding.u32(bytes, layout.flags),
      offset: exact(entry.offset, encoding, bytes, layout.offset),
      address: exact(entry.vaddr, encoding, bytes, layout.vaddr),
      fileSize: exact(entry.filesz, encoding, bytes, layout.filesz),
      memorySize: exact(entry.memsz, encoding, bytes, layout.memsz),
      alignment: exact(entry.align, encoding, bytes, layout.align),
    };
    if (program.type === PT_LOAD) checkInside(this.source, program, programs.offset + at);
    return program;
  }
}

/** PT_LOAD as every object file format shows it. */
export function asSegment(program: ProgramHeader): Segment {
  return {
    name: "LOAD",
    address: program.address,
    memorySize: program.memorySize,
    offset: program.offset,
    fileSize: program.fileSize,
    readable: (program.flags & PF_R) !== 0,
    writable: (program.flags & PF_W) !== 0,
    executable: (program.flags & PF_X) !== 0,
  };
}

function checkInside(source: ByteSource, { offset, fileSize }: ProgramHeader, headerAt: number): void {
  if (fileSize === 0n || offset + fileSize <= BigInt(source.size)) return;
  throw new FormatError({
    what: "loadable segment is cut off",
    offset: source.origin + headerAt,
    found: `0x${fileSize.toString(16)} bytes at 0x${offset.toString(16)}`,
    expected: `a place inside 0x${source.size.toString(16)} bytes`,
  });
}
