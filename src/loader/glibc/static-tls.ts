import { EM_386, EM_AARCH64, EM_S390, EM_X86_64 } from "../../object/elf/constants.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { isLibcAtLeast, type Release } from "../elf/libc-release.ts";
import type { LinkMap } from "../elf/link-map.ts";
import type { TlsSegment } from "../elf/loaded-object.ts";

/** Static TLS that is reserved for libraries loaded later (elf/dl-tls.c: computed in two ways since 2000, with the same result). */
const SURPLUS = 1664n;
/** In a static program, which has one namespace: 144 bytes for the C library, as many for others, and the optional ones. */
const STATIC_SURPLUS = 800n;
/** The same before 2.32: 64, and 100 for each namespace. */
const EARLY_STATIC_SURPLUS = 164n;
/**
 * The part of it that variables found by descriptors may use (glibc.rtld.optional_static_tls). Before 2.32 all of it, except where that was
 * taken into an earlier release, as in Debian's 2.31.
 */
const OPTIONAL = 512n;

/** Machines whose blocks are below the thread pointer (TLS_TCB_AT_TP) and aligned at their lower end; elsewhere a gap comes before each. */
const BELOW: ReadonlySet<number> = new Set([EM_386, EM_X86_64, EM_S390]);

interface Bounds {
  readonly least: bigint;
  readonly most: bigint;
}

const nothing: Bounds = { least: 0n, most: 0n };

/**
 * The static TLS that is left for thread-local variables at fixed offsets (elf/dl-reloc.c, _dl_try_allocate_static_tls). Its exact
 * size depends on what the program itself and its libraries use, since the sum is rounded up.
 */
export class StaticTls {
  /** Of the whole block: no variable gets a larger one. */
  readonly #alignment: Bounds;
  readonly #surplus: Bounds;
  readonly #gaps: boolean;
  readonly #optional: Bounds;
  /** In a static program what is found by descriptors has a fixed offset too (sysdeps/<machine>/dl-machine.h, CHECK_STATIC_TLS). */
  readonly holdsDescribed: boolean;
  #taken = nothing;
  /** The part of it that descriptors took. */
  #described = nothing;
  readonly #given = new Set<LinkMap>();

  /** @param release of the loader's glibc; undefined if it is unknown. */
  constructor(host: DlopenHost, scope: readonly LinkMap[], release: Release | undefined) {
    const of = (least: bigint): bigint =>
      [host.program, ...scope.map(({ object }) => object)].reduce(
        (most, { tls }) => (tls !== undefined && tls.alignment > most ? tls.alignment : most),
        least,
      );
    const { least, most } = threadAlignment(host.machine, release);
    this.#alignment = { least: of(least), most: of(most) };
    this.#surplus = surplusOf(host, release);
    this.holdsDescribed = staticGlibcOf(host) !== undefined;
    this.#gaps = !BELOW.has(host.machine);
    const hasLimit = release !== undefined && isLibcAtLeast(release, 2, 32);
    this.#optional = { least: OPTIONAL, most: hasLimit ? OPTIONAL : SURPLUS };
  }

  /** Takes room for one object's segment; "unknown" if it depends on the rounding whether it fits. */
  take(map: LinkMap): "fits" | "refused" | "unknown" {
    const { tls } = map.object;
    if (tls === undefined || this.#given.has(map)) return "fits";
    const answer = this.#fits(tls);
    if (answer === "fits") this.#give(map, usedBy(tls));
    return answer;
  }

  /** The same for variables that are found by descriptors: without room they are simply placed elsewhere. */
  offer(map: LinkMap): void {
    const { tls } = map.object;
    if (tls === undefined || this.#given.has(map)) return;
    const used = usedBy(tls);
    const described = sum(this.#described, used);
    const answer = this.#fits(tls);
    if (answer === "refused" || described.least > this.#optional.most) return;
    this.#described = described;
    if (answer === "fits" && described.most <= this.#optional.least) this.#give(map, used);
    else this.#taken = sum(this.#taken, { least: 0n, most: used.most });
  }

  #fits(tls: TlsSegment): "fits" | "refused" | "unknown" {
    const { least, most } = usedBy(tls);
    if (tls.alignment > this.#alignment.most) return "refused";
    if (this.#taken.least + least > this.#surplus.most + this.#alignment.most - 1n) return "refused";
    if (tls.alignment > this.#alignment.least) return "unknown";
    return this.#taken.most + (this.#gaps ? most : least) > this.#surplus.least ? "unknown" : "fits";
  }

  #give(map: LinkMap, used: Bounds): void {
    this.#given.add(map);
    this.#taken = sum(this.#taken, used);
  }
}

function surplusOf(host: DlopenHost, release: Release | undefined): Bounds {
  if (staticGlibcOf(host) === undefined) return { least: SURPLUS, most: SURPLUS };
  if (release === undefined) return { least: EARLY_STATIC_SURPLUS, most: STATIC_SURPLUS };
  const surplus = isLibcAtLeast(release, 2, 32) ? STATIC_SURPLUS : EARLY_STATIC_SURPLUS;
  return { least: surplus, most: surplus };
}

/** Without and with what is lost to its alignment. */
function usedBy({ size, firstByte, alignment }: TlsSegment): Bounds {
  const least = size + firstByte;
  return { least, most: least + (alignment === 0n ? 0n : alignment - 1n) };
}

function sum(one: Bounds, other: Bounds): Bounds {
  return { least: one.least + other.least, most: one.most + other.most };
}

/** Of struct pthread (nptl/descr.h): a cache line on x86-64, elsewhere that of struct rseq, which it contains since 2.35. */
function threadAlignment(machine: number, release: Release | undefined): Bounds {
  if (machine === EM_X86_64) return { least: 64n, most: 64n };
  if (machine !== EM_AARCH64) return { least: 16n, most: 64n };
  return { least: release !== undefined && isLibcAtLeast(release, 2, 35) ? 32n : 16n, most: 32n };
}
