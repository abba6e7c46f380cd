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
import { GLIBC } from "./messages.ts";
import { isAtLeast, type Release } from "../elf/libc-release.ts";
import { pageDown } from "../elf/mapped-file.ts";
import { oddOrder, oddSegments } from "../elf/odd-segments.ts";

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
  [EM_PPC64]: [4096n, 65536n],
  [EM_AARCH64]: [4096n, 16384n, 65536n],
  [EM_LOONGARCH]: [4096n, 16384n, 65536n],
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

/** The page size up to which the segments are aligned, where there are larger ones. */
function smallerThan(loads: readonly ProgramHeader[], sizes: readonly bigint[]): bigint | undefined {
  const fits = (size: bigint): boolean =>
    loads.every(({ address, offset }) => (address - offset) % size === 0n);
  return sizes.every(fits) ? undefined : sizes.findLast(fits);
}

function refused(
  check: DlopenCheck,
  text: string,
  cause: string,
): Extract<SegmentVerdict, { kind: "refused" }> {
  return { kind: "refused", check, text, cause };
}
