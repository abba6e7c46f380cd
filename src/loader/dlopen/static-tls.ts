import type { DlopenHost } from "./host.ts";
import type { LinkMap } from "./link-map.ts";

/** Of static TLS for what is loaded later (elf/dl-tls.c: the same number by two ways since 2000). */
const SURPLUS = 1664n;
/** The thread control block's alignment on x86-64 and AArch64, to which the whole is rounded up. */
const LEAST_ALIGNMENT = 64n;

/**
 * The room for thread-local variables at fixed places (elf/dl-reloc.c, _dl_try_allocate_static_tls). How much it is exactly
 * depends on what the program itself and its libraries take, since the sum is rounded up.
 */
export class StaticTls {
  readonly #alignment: bigint;
  #taken = 0n;
  readonly #given = new Set<LinkMap>();

  constructor(host: DlopenHost, scope: readonly LinkMap[]) {
    this.#alignment = [host.program, ...scope.map(({ object }) => object)].reduce(
      (most, { tls }) => (tls !== undefined && tls.alignment > most ? tls.alignment : most),
      LEAST_ALIGNMENT,
    );
  }

  /** Takes room for one object's segment; "unknown" where it is by the rounding that it fits or not. */
  take(map: LinkMap): "fits" | "refused" | "unknown" {
    const { tls } = map.object;
    if (tls === undefined || this.#given.has(map)) return "fits";
    const alignment = tls.alignment === 0n ? 1n : tls.alignment;
    if (alignment > this.#alignment) return "refused";
    const size = tls.size + tls.firstByte;
    if (this.#taken + size > SURPLUS + this.#alignment - 1n) return "refused";
    const taken = this.#taken + ((size + alignment - 1n) / alignment) * alignment;
    if (taken + (this.#given.size === 0 ? 0n : alignment) > SURPLUS && this.#taken + size > SURPLUS)
      return "unknown";
    this.#given.add(map);
    this.#taken = taken;
    return "fits";
  }
}
