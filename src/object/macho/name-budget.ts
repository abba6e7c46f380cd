import type { Region } from "./region.ts";

/** Names may add up to this many times the table that holds them: ends of names may be shared, whole tables not. */
const sharing = 64;

/** A small table may still hold names of some length that share their ends. */
const least = 64 * 1024;

/**
 * Bounds the names read out of one table. Names that overlap, or that share the edges of a trie, could otherwise
 * take memory that grows with the square of the file's size.
 */
export class NameBudget {
  #left: number;

  constructor(private readonly region: Region) {
    this.#left = Math.max(region.size * sharing, least);
  }

  /** @throws FormatError when the names before this one, which is `length` bytes long, used everything up. */
  spend(length: number, at: number): void {
    this.#left -= length;
    if (this.#left < 0) {
      throw this.region.problem(
        `${this.region.what}: names overlap without end`,
        at,
        undefined,
        `names of at most ${sharing} times the table's size`,
      );
    }
  }
}
