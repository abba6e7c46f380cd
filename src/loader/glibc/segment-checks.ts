import {
  EM_AARCH64,
  EM_LOONGARCH,
  EM_PPC64,
  ET_DYN,
  PT_DYNAMIC,
  PT_LOAD,
} from "../../object/elf/constants.ts";
import type { ProgramHeader } from "../../object/elf/segment.ts";
import type { DlopenCheck } from "../check.ts";
import { unknownFromHere, type Unsure } from "../step.ts";
import { GLIBC } from "./messages.ts";
import { isLibcAtLeast, type Release } from "../elf/libc-release.ts";
import { pageDown } from "../elf/mapped-file.ts";
import { oddOrder, oddSegments } from "../elf/odd-segments.ts";

/** What glibc answers for a file's segments. */
export type SegmentVerdict =
  /** With the largest page size for which they are aligned, if the machine has larger ones. */
  | { readonly kind: "fits"; readonly pageSize: bigint | undefined }
  | {
      readonly kind: "refused";
      readonly check: DlopenCheck;
      readonly text: string;
      readonly cause: string;
    }
  | Unsure;

/** Page sizes that kernels use, by e_machine; 4 KiB elsewhere. */
const PAGE_SIZES: Readonly<Record<number, readonly bigint[]>> = {
  [EM_PPC64]: [4096n, 65536n],
  [EM_AARCH64]: [4096n, 16384n, 65536n],
  [EM_LOONGARCH]: [4096n, 16384n, 65536n],
};
/** No process has more address space (x86-64 with five levels of page tables gives more only on request). */
const ADDRESS_SPACE: Readonly<Record<32 | 64, bigint>> = { 32: 2n ** 32n, 64: 2n ** 47n };
/** Above this, whether a library can be mapped depends on the system's memory. */
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
  if (loads.length === 0) return refused(GLIBC.noSegments, "The file has no PT_LOAD segment.");
  if (type !== ET_DYN)
    return refused(GLIBC.executable, `The file is an executable with a fixed address (e_type ${type}).`);
  const dynamics = programs.filter((program) => program.type === PT_DYNAMIC);
  const empty = dynamics.some(({ fileSize }) => fileSize === 0n);
  if (empty || (dynamics.findLast(({ fileSize }) => fileSize !== 0n)?.address ?? 0n) === 0n)
    return refused(GLIBC.noDynamic, "The file has no PT_DYNAMIC segment, or an empty one.");
  return (
    mapped(loads, bits) ?? oddSegments(programs) ?? { kind: "fits", pageSize: smallerThan(loads, sizes) }
  );
}

function unaligned(
  { offset, address, alignment }: ProgramHeader,
  page: bigint,
  release: Release | undefined,
): SegmentVerdict | undefined {
  const misplaced = `The segment at offset 0x${offset.toString(16)} has the address 0x${address.toString(16)}, which is not page-aligned with it.`;
  const difference = address - offset;
  // Until 2.34 the alignment had to be a page's at the least (commit 163f625cf9 took that out).
  if (release !== undefined && !isLibcAtLeast(release, 2, 35)) {
    if (alignment % page !== 0n)
      return refused(GLIBC.alignment, `p_align is ${alignment}, less than a page.`);
    return alignment !== 0n && (difference & (alignment - 1n)) !== 0n
      ? refused(GLIBC.improper, misplaced)
      : undefined;
  }
  return difference % page === 0n ? undefined : refused(GLIBC.unaligned, misplaced);
}

/** What mmap answers; unknown for layouts that linkers do not write. */
function mapped(loads: readonly ProgramHeader[], bits: 32 | 64): SegmentVerdict | undefined {
  const [first] = loads;
  const last = loads.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const length = last.address + last.memorySize - pageDown(first.address);
  if (length >= ADDRESS_SPACE[bits])
    return refused(
      GLIBC.cannotMap,
      `The file needs 0x${length.toString(16)} bytes of memory, more than the address space has.`,
    );
  if (length > ORDINARY[bits])
    return unknownFromHere(
      `Whether the file can be mapped is unknown: it needs 0x${length.toString(16)} bytes of memory, which not every system grants.`,
    );
  return oddOrder(loads);
}

/** The page size up to which the segments are aligned, if the machine has larger ones. */
function smallerThan(loads: readonly ProgramHeader[], sizes: readonly bigint[]): bigint | undefined {
  const fits = (size: bigint): boolean =>
    loads.every(({ address, offset }) => (address - offset) % size === 0n);
  return sizes.every(fits) ? undefined : sizes.findLast(fits);
}

function refused(
  { check, words }: { readonly check: DlopenCheck; readonly words: string },
  cause: string,
): Extract<SegmentVerdict, { kind: "refused" }> {
  return { kind: "refused", check, text: words, cause };
}
