import { PF_R, PF_W, PF_X, PT_GNU_RELRO, PT_LOAD, PT_TLS } from "../../object/elf/constants.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";
import { unknownFromHere, type Unsure } from "../step.ts";
import { pageDown, pageUp, type MappedFile } from "./mapped-file.ts";

/** No file system here has files of a tebibyte, and what mmap answers for a place past the longest file differs. */
const FAR = 2n ** 40n;

/** A kernel may refuse to reserve more zeroed memory than that, in bytes (vm.overcommit_memory). */
const MUCH = 2n ** 31n;

/** What mmap does with such segments depends on what was mapped before. */
export function oddOrder(loads: readonly ProgramHeader[]): Unsure | undefined {
  const odd = loads.some(
    (load, index) =>
      load.offset > FAR ||
      load.memorySize - load.fileSize > MUCH ||
      load.fileSize > load.memorySize ||
      (index > 0 && load.address < (loads[index - 1]?.address ?? 0n) + (loads[index - 1]?.memorySize ?? 0n)),
  );
  return odd
    ? unknownFromHere(
        "Whether the file can be mapped is unknown: its loadable segments overlap, are far out, or differ much between file and memory.",
      )
    : undefined;
}

/** What no linker writes and no loader checks. */
export function oddSegments(programs: readonly ProgramHeader[]): Unsure | undefined {
  const closed = programs.some(
    ({ type, flags, fileSize }) => type === PT_LOAD && fileSize > 0n && (flags & (PF_R | PF_W | PF_X)) === 0,
  );
  if (closed) {
    return unknownFromHere(
      "What the loader does with the file is unknown: it has a loadable segment that is not even readable.",
    );
  }
  return strayRelro(programs) ?? strayTls(programs);
}

/** What thread-local variables begin with is copied when the library is opened or later, and written to memory of the size that is claimed. */
function strayTls(programs: readonly ProgramHeader[]): Unsure | undefined {
  const tls = programs.findLast(({ type, memorySize }) => type === PT_TLS && memorySize > 0n);
  if (tls === undefined || tls.fileSize === 0n) return undefined;
  const held = programs.some(
    ({ type, address, memorySize }) =>
      type === PT_LOAD &&
      tls.address >= pageDown(address) &&
      tls.address + tls.fileSize <= pageUp(address + memorySize),
  );
  return held && tls.fileSize <= tls.memorySize
    ? undefined
    : unknownFromHere(
        "What the loader does with the file is unknown: its PT_TLS is not inside a loadable segment, or longer than its memory.",
      );
}

/** What is made read-only must be mapped and must not be code; linkers end it where a page or a segment ends. */
function strayRelro(programs: readonly ProgramHeader[]): Unsure | undefined {
  const relro = programs.findLast(({ type, memorySize }) => type === PT_GNU_RELRO && memorySize > 0n);
  if (relro === undefined) return undefined;
  const end = relro.address + relro.memorySize;
  const held = programs.some(
    ({ type, flags, address, memorySize }) =>
      type === PT_LOAD &&
      (flags & PF_W) !== 0 &&
      relro.address >= pageDown(address) &&
      end <= pageUp(address + memorySize),
  );
  return held
    ? undefined
    : unknownFromHere(
        "What the loader does with the file is unknown: its PT_GNU_RELRO is not inside a writable segment.",
      );
}

/**
 * If a segment's memory is longer than its file content, the loader zeroes the rest of the last page: the first page that it writes
 * to. Returns the segment whose page does not exist (elf/dl-map-segments.h; musl: map_library).
 */
export function clearedBeyondEnd(
  programs: readonly ProgramHeader[],
  file: MappedFile,
  onlyWritable: boolean,
): ProgramHeader | undefined {
  return programs.find(({ type, flags, fileSize, memorySize, address, offset }) => {
    const end = address + fileSize;
    if (type !== PT_LOAD || memorySize <= fileSize || end === pageUp(end)) return false;
    return (!onlyWritable || (flags & 2) !== 0) && file.lacks(offset + fileSize);
  });
}
