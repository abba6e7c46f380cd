import { Encoding } from "../../object/elf/encoding.ts";
import { ET_DYN, ET_EXEC, PF_W, PT_DYNAMIC, PT_LOAD, PT_TLS } from "../../object/elf/constants.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";
import type { ByteSource } from "../../object/image.ts";
import type { DlopenCheck } from "../check.ts";
import type { DlopenHost } from "../elf/host.ts";
import { unknownFromHere, type Unsure } from "../step.ts";
import { truncated } from "../elf/fault.ts";
import { readLibrary, type Library } from "../elf/library.ts";
import type { Identity } from "../elf/loaded-object.ts";
import { MappedFile, pageDown, PAGE } from "../elf/mapped-file.ts";
import type { MuslErrno } from "./messages.ts";
import {
  holdsPrograms,
  LAST_OFFSET,
  readRawHeader,
  readRawPrograms,
  type RawHeader,
} from "../elf/raw-header.ts";
import { clearedBeyondEnd, oddOrder, oddSegments } from "../elf/odd-segments.ts";

/** A file after map_library of musl (ldso/dynlink.c). */
export type MuslLibrary =
  | {
      readonly kind: "library";
      readonly library: Library;
      /** e_machine, if it is not the host's. */
      readonly foreign: number | undefined;
    }
  | MuslFault
  | Unsure;

export interface MuslFault {
  readonly kind: "fault";
  readonly outcome: "refused" | "crash";
  readonly check: DlopenCheck;
  /** What musl reports; undefined if it reports nothing. */
  readonly errno: MuslErrno | undefined;
  readonly cause: string;
}

/** Whether more memory is granted depends on the system. */
const ORDINARY = 2n ** 40n;

/**
 * musl checks next to nothing: neither magic number nor class nor machine, so a file for another machine is mapped, and its code called.
 * @throws FormatError
 */
export function mapMuslLibrary(source: ByteSource, host: DlopenHost, identity: Identity): MuslLibrary {
  const encoding = new Encoding(host.bits, host.endian);
  const header = readRawHeader(source, encoding);
  if (header === undefined)
    return refused(
      "too-short",
      "format",
      `The file has ${source.size} bytes, which is too short for an ELF header.`,
    );
  const { type, programSize, programCount } = header;
  if (type !== ET_DYN && type !== ET_EXEC)
    return refused("file-type", "format", `The file is not a linked shared library (e_type ${type}).`);
  if (!holdsPrograms(source, header, programSize * programCount))
    return refused(
      "program-headers",
      header.programsAt >= LAST_OFFSET ? "invalid" : "format",
      "The program headers extend past the end of the file.",
    );
  const programs = readRawPrograms(source, encoding, header, programSize);
  if ((programs.findLast((each) => each.type === PT_DYNAMIC)?.address ?? 0n) === 0n)
    return refused("no-dynamic-section", "format", "The file has no PT_DYNAMIC segment.");
  const loads = programs.filter((each) => each.type === PT_LOAD);
  if (loads.length === 0) return refused("no-segments", "memory", "The file has no PT_LOAD segment.");
  return (
    unmappable(loads, header, host) ??
    oddOrder(loads) ??
    oddSegments(programs) ??
    mapAt(source, { encoding, header, host, programs: asMapped(programs) }, identity)
  );
}

interface Plan {
  readonly encoding: Encoding;
  readonly header: RawHeader;
  readonly host: DlopenHost;
  readonly programs: readonly ProgramHeader[];
}

function mapAt(
  source: ByteSource,
  { encoding, header, host, programs }: Plan,
  identity: Identity,
): MuslLibrary {
  const { machine } = host;
  const { type, machineFlags } = header;
  const mapped = new MappedFile(source, { encoding, machine, type, machineFlags, programs });
  const cleared = clearedBeyondEnd(programs, mapped, true);
  if (cleared !== undefined) {
    const what = `the segment at 0x${cleared.offset.toString(16)} ends past the file's ${source.size} bytes`;
    return { ...truncated(what), kind: "fault", errno: undefined };
  }
  const read = readLibrary(mapped, identity, "musl");
  if ("fault" in read) return { ...read.fault, kind: "fault", errno: undefined };
  const foreign = header.machine === machine ? undefined : header.machine;
  return tlsFault(programs) ?? { kind: "library", library: read.library, foreign };
}

/**
 * Whole pages are mapped, whether or not address and offset agree within the page, and as many as the segment has in memory: only of
 * what may be written is the rest zeroed. Of the dynamic section only the address counts.
 */
function asMapped(programs: readonly ProgramHeader[]): readonly ProgramHeader[] {
  const mapped = programs.map((program) => {
    const { type, flags, offset, address, fileSize, memorySize } = program;
    if (type !== PT_LOAD) return program;
    const isZeroed = (flags & PF_W) !== 0 || fileSize > memorySize;
    return {
      ...program,
      offset: pageDown(offset) + (address % PAGE),
      fileSize: isZeroed ? fileSize : memorySize,
    };
  });
  return mapped.map((program) => {
    if (program.type !== PT_DYNAMIC) return program;
    const { address } = program;
    const load = mapped.findLast(
      (each) => each.type === PT_LOAD && address >= each.address && address < each.address + each.memorySize,
    );
    const end = load === undefined ? address : load.address + load.fileSize;
    return { ...program, fileSize: end > address ? end - address : 0n };
  });
}

/** Above this, a system may refuse to reserve thread-local memory; above that, every one does. */
const MUCH = 2n ** 31n;
const TOO_MUCH = 2n ** 46n;

/** What musl copies for every thread as soon as the library is open (ldso/dynlink.c, load_library and install_new_tls). */
function tlsFault(programs: readonly ProgramHeader[]): MuslLibrary | undefined {
  const tls = programs.findLast(({ type }) => type === PT_TLS);
  if (tls === undefined) return undefined;
  const { memorySize, alignment } = tls;
  const wanted = memorySize + alignment;
  const text = `0x${wanted.toString(16)} bytes of thread-local data`;
  if (wanted >= TOO_MUCH) return refused("segment-mapping", "memory", `The file needs ${text} per thread.`);
  if (wanted > MUCH)
    return unknownFromHere(`Whether the system grants the file ${text} per thread is unknown.`);
  if (alignment > 0n && (alignment & (alignment - 1n)) === 0n) return undefined;
  return unknownFromHere(
    "What the loader does with the file is unknown: its PT_TLS has an impossible alignment.",
  );
}

function unmappable(
  loads: readonly ProgramHeader[],
  { type }: RawHeader,
  { fixed }: DlopenHost,
): MuslLibrary | undefined {
  let [from, to] = [2n ** 64n, 0n];
  for (const { address, memorySize } of loads) {
    if (address < from) from = address;
    if (address + memorySize > to) to = address + memorySize;
  }
  if (to - from > ORDINARY)
    return unknownFromHere(
      `Whether the file can be mapped is unknown: it needs 0x${(to - from).toString(16)} bytes of memory.`,
    );
  if (type !== ET_EXEC || from < PAGE) return undefined;
  const cause = "The file is an executable with a fixed address, which the host already uses.";
  return fixed !== undefined && pageDown(from) < fixed.to && to > pageDown(fixed.from)
    ? refused("executable", "busy", cause)
    : undefined;
}

function refused(check: DlopenCheck, errno: MuslErrno, cause: string): MuslLibrary {
  return { kind: "fault", outcome: "refused", check, errno, cause };
}
