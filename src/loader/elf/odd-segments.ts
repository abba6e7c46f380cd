import { PF_R, PF_W, PF_X, PT_GNU_RELRO, PT_LOAD } from "../../object/elf/constants.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";
import { pageDown, pageUp, type MappedFile } from "./mapped-file.ts";

/** Segments of which it is not known what the loader makes. */
export interface OddSegments {
  readonly kind: "doubt";
  readonly doubt: string;
}

/** No file system here has files of a tebibyte, and what mmap says of a place beyond the longest file differs. */
const FAR = 2n ** 40n;

/** More zeros than that, in bytes, a kernel may refuse to promise (vm.overcommit_memory). */
const MUCH = 2n ** 31n;

/** What mmap makes of such segments depends on what was there before. */
export function oddOrder(loads: readonly ProgramHeader[]): OddSegments | undefined {
  const odd = loads.some(
    (load, index) =>
      load.offset > FAR ||
      load.memorySize - load.fileSize > MUCH ||
      load.fileSize > load.memorySize ||
      (index > 0 && load.address < (loads[index - 1]?.address ?? 0n) + (loads[index - 1]?.memorySize ?? 0n)),
  );
  return odd
    ? {
        kind: "doubt",
        doubt:
          "its loadable segments overlap, lie far out, or are larger in the file than in memory or the reverse",
      }
    : undefined;
}

/** What no linker writes, and no loader looks at. */
export function oddSegments(programs: readonly ProgramHeader[]): OddSegments | undefined {
  const closed = programs.some(
    ({ type, flags, fileSize }) => type === PT_LOAD && fileSize > 0n && (flags & (PF_R | PF_W | PF_X)) === 0,
  );
  if (closed) return { kind: "doubt", doubt: "it has a loadable segment that may not even be read" };
  return strayRelro(programs);
}

/** What is to be made read-only must be mapped, and no code is; linkers end it where a page or a segment ends. */
function strayRelro(programs: readonly ProgramHeader[]): OddSegments | undefined {
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
    : { kind: "doubt", doubt: "its PT_GNU_RELRO lies in no segment that is written to" };
}

/**
 * Where a segment's memory is longer than its file content, the loader clears the rest of the last page: the first that it
 * writes to. Gives that segment where the page is not there (elf/dl-map-segments.h; musl: map_library).
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
