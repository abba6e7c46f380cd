import type { ByteSource } from "../../object/image.ts";
import type { Encoding } from "../../object/elf/encoding.ts";
import { FILE_HEADER, PROGRAM_HEADER } from "../../object/elf/layout.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";

/**
 * The ELF header as it is in the file, whatever it claims: a loader reads it in its own class and byte order before it
 * looks which ones the file has (gABI 4, "ELF Header").
 */
export interface RawHeader {
  /** e_ident, 16 bytes. */
  readonly ident: Buffer;
  readonly type: number;
  readonly machine: number;
  /** e_version. */
  readonly version: number;
  readonly programsAt: bigint;
  readonly machineFlags: number;
  readonly programSize: number;
  readonly programCount: number;
}

/** Undefined if the file is shorter than a header. @throws FormatError as ByteSource.read */
export function readRawHeader(source: ByteSource, encoding: Encoding): RawHeader | undefined {
  const layout = FILE_HEADER[encoding.bits];
  if (source.size < layout.size) return undefined;
  const bytes = source.read(0, layout.size, "ELF header");
  return {
    ident: bytes.subarray(0, 16),
    type: encoding.u16(bytes, 16),
    machine: encoding.u16(bytes, 18),
    version: encoding.u32(bytes, 20),
    programsAt: encoding.word(bytes, layout.phoff),
    machineFlags: encoding.u32(bytes, layout.flags),
    programSize: encoding.u16(bytes, layout.phentsize),
    programCount: encoding.u16(bytes, layout.phnum),
  };
}

/** Whether the whole table of `size` bytes is in the file. */
export function holdsPrograms(source: ByteSource, { programsAt }: RawHeader, size: number): boolean {
  return programsAt + BigInt(size) <= BigInt(source.size);
}

/** What file systems can seek to; beyond that, pread(2) fails with EINVAL. */
export const LAST_OFFSET = 2n ** 63n;

/** The program headers, each `stride` bytes after the one before. The caller knows that they are in the file. @throws FormatError */
export function readRawPrograms(
  source: ByteSource,
  encoding: Encoding,
  { programsAt, programCount }: RawHeader,
  stride: number,
): readonly ProgramHeader[] {
  const layout = PROGRAM_HEADER[encoding.bits];
  if (programCount === 0) return [];
  const length = (programCount - 1) * stride + Math.max(stride, layout.size);
  const room = BigInt(source.size) - programsAt;
  const bytes = Buffer.alloc(length);
  source.read(programsAt, room < BigInt(length) ? room : length, "program header table").copy(bytes);
  return Array.from({ length: programCount }, (_, index) => {
    const at = index * stride;
    return {
      type: encoding.u32(bytes, at + layout.type),
      flags: encoding.u32(bytes, at + layout.flags),
      offset: encoding.word(bytes, at + layout.offset),
      address: encoding.word(bytes, at + layout.vaddr),
      fileSize: encoding.word(bytes, at + layout.filesz),
      memorySize: encoding.word(bytes, at + layout.memsz),
      alignment: encoding.word(bytes, at + layout.align),
    };
  });
}
