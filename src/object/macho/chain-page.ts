import type { FormatError } from "../format-error.ts";
import { chainedNext, type PointerFormat } from "./chained-pointer.ts";
import type { Region } from "./region.ts";

/** The links on one page of a segment, found by following its chains once. */
export class ChainPage {
  readonly #links = new Set<number>();
  /** Where a chain goes wrong: a word after that link can be anything. */
  #broken: { readonly after: number; readonly problem: FormatError } | undefined;

  /**
   * @param content the page, and what follows it as far as a word at its end may reach.
   * @param starts where its chains start, in bytes from the page.
   */
  constructor(
    readonly content: Region,
    private readonly format: PointerFormat,
    private readonly pageSize: number,
    starts: readonly number[],
  ) {
    for (const start of starts) this.#follow(start);
  }

  /** @throws FormatError if a chain before `offset` leaves the page or the segment's content. */
  isLink(offset: number): boolean {
    if (this.#links.has(offset)) return true;
    if (this.#broken !== undefined && offset > this.#broken.after) throw this.#broken.problem;
    return false;
  }

  /** Each link says how far the next one is, always forward; a chain that meets another goes on as that one does. */
  #follow(start: number): void {
    let last = -1;
    for (let at = start; !this.#links.has(at);) {
      const problem = this.#problemAt(at);
      if (problem !== undefined) {
        if (this.#broken === undefined || last < this.#broken.after) this.#broken = { after: last, problem };
        return;
      }
      this.#links.add(at);
      const next = chainedNext(this.format, this.content.word(at, this.format.bits));
      if (next === 0) return;
      last = at;
      at += next;
    }
  }

  #problemAt(at: number): FormatError | undefined {
    const place = Math.min(at, this.content.size);
    if (at >= this.pageSize) {
      return this.content.problem("chain leaves its page", place, at, `below ${this.pageSize}`);
    }
    if (at + this.format.bits / 8 <= this.content.size) return undefined;
    return this.content.problem(
      "chain leaves its segment's content",
      place,
      at,
      `below ${this.content.size}`,
    );
  }
}
