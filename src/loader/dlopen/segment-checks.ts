import { ET_DYN, PF_R, PF_W, PF_X, PT_DYNAMIC, PT_LOAD } from "../../object/elf/constants.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";
import type { DlopenCheck } from "./check.ts";
import { GLIBC } from "./glibc-messages.ts";
import { isAtLeast, type Release } from "./libc-release.ts";
import { pageDown, pageUp, type MappedFile } from "./mapped-file.ts";

/** What a loader says of a file that it does not get mapped; and what it needs for that to be otherwise. */
export type SegmentVerdict =
  | { readonly kind: "fits"; readonly pageSize: bigint | undefined }
  | {
      readonly kind: "refused";
      readonly check: DlopenCheck;
      readonly text: string;
      readonly cause: string;
    }
  | { readonly kind: "doubt"; readonly doubt: string };

/** Page sizes that kernels use, by e_machine; 4 KiB elsewhere. */
const PAGE_SIZES: Readonly<Record<number, readonly bigint[]>> = {
  21: [4096n, 65536n],
  183: [4096n, 16384n, 65536n],
  258: [4096n, 16384n, 65536n],
};
/** No process has more address space than that (x86-64 with five levels has it only where it is asked for). */
const ADDRESS_SPACE: Readonly<Record<32 | 64, bigint>> = { 32: 2n ** 32n, 64: 2n ** 47n };
/** Above this, it depends on the system's memory whether a library is mapped. */
const ORDINARY: Readonly<Record<32 | 64, bigint>> = { 32: 2n ** 30n, 64: 2n ** 40n };

interface Wanted {
  readonly programs: readonly ProgramHeader[];
  readonly type: number;
  readonly machine: number;
  readonly bits: 32 | 64;
  readonly release: Release | undefined;
}

/** The walk through the program headers of _dl_map_object_from_fd (elf/dl-load.c), up to the mapping. */
export function checkSegments({ programs, type, machine, bits, release }: Wanted): SegmentVerdict {
  const loads = programs.filter((program) => program.type === PT_LOAD);
  const sizes = PAGE_SIZES[machine] ?? [4096n];
  for (const load of loads) {
    const refusal = unaligned(load, sizes[0] ?? 4096n, release);
    if (refusal !== undefined) return refusal;
  }
  if (loads.length === 0) return refused("no-segments", GLIBC.noSegments, "it has no PT_LOAD");
  if (type !== ET_DYN)
    return refused("executable", GLIBC.executable, `e_type is ${type}: it is a program with a fixed address`);
  const dynamics = programs.filter((program) => program.type === PT_DYNAMIC);
  const empty = dynamics.some(({ fileSize }) => fileSize === 0n);
  if (empty || (dynamics.findLast(({ fileSize }) => fileSize !== 0n)?.address ?? 0n) === 0n)
    return refused("no-dynamic-section", GLIBC.noDynamic, "it has no PT_DYNAMIC with content");
  return (
    mapped(loads, bits) ?? oddSegments(programs) ?? { kind: "fits", pageSize: smallerThan(loads, sizes) }
  );
}

function unaligned(
  { offset, address, alignment }: ProgramHeader,
  page: bigint,
  release: Release | undefined,
): SegmentVerdict | undefined {
  const at = `the segment at offset 0x${offset.toString(16)} is to lie at address 0x${address.toString(16)}`;
  const difference = address - offset;
  // Until 2.34 the alignment had to be a page's at the least (commit 163f625cf9 took that out).
  if (release !== undefined && !isAtLeast(release, 2, 35)) {
    if (alignment % page !== 0n)
      return refused("page-alignment", GLIBC.alignment, `p_align is ${alignment}, less than a page`);
    return alignment !== 0n && (difference & (alignment - 1n)) !== 0n
      ? refused("page-alignment", GLIBC.improper, `${at}, which no whole pages do`)
      : undefined;
  }
  return difference % page === 0n
    ? undefined
    : refused("page-alignment", GLIBC.unaligned, `${at}, which no whole pages do`);
}

/** What mmap makes of it; only what linkers do is foreseen. */
function mapped(loads: readonly ProgramHeader[], bits: 32 | 64): SegmentVerdict | undefined {
  const [first] = loads;
  const last = loads.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const length = last.address + last.memorySize - pageDown(first.address);
  if (length >= ADDRESS_SPACE[bits])
    return refused(
      "segment-mapping",
      GLIBC.cannotMap,
      `it wants 0x${length.toString(16)} bytes of memory, more than there can be`,
    );
  if (length > ORDINARY[bits])
    return {
      kind: "doubt",
      doubt: `it wants 0x${length.toString(16)} bytes of memory, which not every system grants`,
    };
  return oddOrder(loads);
}

/** No file system here has files of a tebibyte, and what mmap says of a place beyond the longest file differs. */
const FAR = 2n ** 40n;

/** More zeros than that, in bytes, a kernel may refuse to promise (vm.overcommit_memory). */
const MUCH = 2n ** 31n;

/** What mmap makes of such segments depends on what was there before. */
export function oddOrder(
  loads: readonly ProgramHeader[],
): Extract<SegmentVerdict, { kind: "doubt" }> | undefined {
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

/** PT_GNU_RELRO (elf.h): memory that is made read-only after relocation. */
const PT_GNU_RELRO = 0x6474e552;

/** What no linker writes, and no loader looks at. */
export function oddSegments(
  programs: readonly ProgramHeader[],
): Extract<SegmentVerdict, { kind: "doubt" }> | undefined {
  const closed = programs.some(
    ({ type, flags, fileSize }) => type === PT_LOAD && fileSize > 0n && (flags & (PF_R | PF_W | PF_X)) === 0,
  );
  if (closed) return { kind: "doubt", doubt: "it has a loadable segment that may not even be read" };
  return strayRelro(programs);
}

/** What is to be made read-only must be mapped, and no code is; linkers end it where a page or a segment ends. */
function strayRelro(
  programs: readonly ProgramHeader[],
): Extract<SegmentVerdict, { kind: "doubt" }> | undefined {
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

/** The page size up to which the segments are aligned, where there are larger ones. */
function smallerThan(loads: readonly ProgramHeader[], sizes: readonly bigint[]): bigint | undefined {
  const fits = (size: bigint): boolean =>
    loads.every(({ address, offset }) => (address - offset) % size === 0n);
  return sizes.every(fits) ? undefined : sizes.findLast(fits);
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

function refused(
  check: DlopenCheck,
  text: string,
  cause: string,
): Extract<SegmentVerdict, { kind: "refused" }> {
  return { kind: "refused", check, text, cause };
}
