import { Encoding } from "../../object/elf/encoding.ts";
import { ET_DYN, ET_EXEC, PT_DYNAMIC, PT_LOAD } from "../../object/elf/constants.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";
import type { ByteSource } from "../../object/image.ts";
import type { DlopenCheck } from "../check.ts";
import type { DlopenHost } from "../elf/host.ts";
import { truncated, type Fault } from "../elf/fault.ts";
import { readLibrary, type Library } from "../elf/library.ts";
import type { Identity } from "../elf/loaded-object.ts";
import { MappedFile, pageDown, PAGE } from "../elf/mapped-file.ts";
import { MUSL_ERRNO } from "./messages.ts";
import {
  holdsPrograms,
  LAST_OFFSET,
  readRawHeader,
  readRawPrograms,
  type RawHeader,
} from "../elf/raw-header.ts";
import { clearedBeyondEnd, oddOrder, oddSegments } from "../elf/odd-segments.ts";

/** A file after map_library of musl (ldso/dynlink.c). A fault's text is what errno stands for. */
export type MuslLibrary =
  | {
      readonly kind: "library";
      readonly library: Library;
      /** e_machine, where it is not the host's. */
      readonly foreign: number | undefined;
    }
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "doubt"; readonly doubt: string };

/** More memory than that, and it depends on the system whether it is granted. */
const ORDINARY = 2n ** 40n;

/**
 * Musl looks at next to nothing: neither magic nor class nor machine, so a file for another machine is mapped, and its code called.
 * @throws FormatError
 */
export function mapMuslLibrary(source: ByteSource, host: DlopenHost, identity: Identity): MuslLibrary {
  const encoding = new Encoding(host.bits, host.endian);
  const header = readRawHeader(source, encoding);
  if (header === undefined)
    return refused("too-short", "format", `the file has ${source.size} bytes and no whole ELF header`);
  const { type, programSize, programCount } = header;
  if (type !== ET_DYN && type !== ET_EXEC)
    return refused("file-type", "format", `e_type is ${type}: the file is no linked library`);
  if (!holdsPrograms(source, header, programSize * programCount))
    return refused(
      "program-headers",
      header.programsAt >= LAST_OFFSET ? "invalid" : "format",
      "the program headers reach beyond the end of the file",
    );
  const programs = readRawPrograms(source, encoding, header, programSize);
  if ((programs.findLast((each) => each.type === PT_DYNAMIC)?.address ?? 0n) === 0n)
    return refused("no-dynamic-section", "format", "it has no PT_DYNAMIC");
  const loads = programs.filter((each) => each.type === PT_LOAD);
  if (loads.length === 0) return refused("no-segments", "memory", "it has no PT_LOAD");
  return (
    unmappable(loads, header, host) ??
    oddOrder(loads) ??
    oddSegments(programs) ??
    mapAt(source, { encoding, header, host, programs: programs.map(asMapped) }, identity)
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
    const cause = `the segment at 0x${cleared.offset.toString(16)} ends behind the file's ${source.size} bytes`;
    return { kind: "fault", fault: truncated(cause) };
  }
  const read = readLibrary(mapped, identity);
  if ("fault" in read) return { kind: "fault", fault: read.fault };
  const foreign = header.machine === machine ? undefined : header.machine;
  return { kind: "library", library: read.library, foreign };
}

/** Whole pages are mapped, whether or not address and offset agree within them. */
function asMapped(program: ProgramHeader): ProgramHeader {
  const { type, offset, address } = program;
  return type === PT_LOAD ? { ...program, offset: pageDown(offset) + (address % PAGE) } : program;
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
    return { kind: "doubt", doubt: `it wants 0x${(to - from).toString(16)} bytes of memory` };
  if (type !== ET_EXEC || from < PAGE) return undefined;
  const cause = "it is a program with a fixed address, which the host already takes";
  return fixed !== undefined && pageDown(from) < fixed.to && to > pageDown(fixed.from)
    ? refused("executable", "busy", cause)
    : undefined;
}

function refused(check: DlopenCheck, errno: keyof typeof MUSL_ERRNO, cause: string): MuslLibrary {
  return { kind: "fault", fault: { outcome: "refused", check, text: MUSL_ERRNO[errno], cause } };
}
