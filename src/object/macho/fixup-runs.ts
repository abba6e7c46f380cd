/** The same fixup at `count` places, `stride` bytes apart, the first at `address`. */
export interface FixupRun<T> {
  readonly address: bigint;
  readonly count: number;
  readonly stride: number;
  readonly fixup: T;
}

interface Span<T> extends FixupRun<T> {
  /** Address of the last place of this run and all runs before it. */
  readonly reach: bigint;
}

/** Runs of fixups, found by address. A run takes no more memory than the opcode that makes it, whatever it counts. */
export class FixupRuns<T> {
  readonly #spans: readonly Span<T>[];

  constructor(runs: readonly FixupRun<T>[]) {
    const sorted = runs.toSorted((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
    let reach = 0n;
    this.#spans = sorted.map((run) => {
      const last = run.address + BigInt(run.stride) * BigInt(run.count - 1);
      if (last > reach) reach = last;
      return { ...run, reach };
    });
  }

  /** The fixup at an address; of several, the last one in address order of their runs. */
  at(address: bigint): T | undefined {
    for (let index = this.#lastStartingUpTo(address); index >= 0; index--) {
      const span = this.#spans[index];
      if (span === undefined || span.reach < address) return undefined;
      const distance = address - span.address;
      const steps = span.stride === 0 ? (distance === 0n ? 0n : -1n) : stepsIn(distance, BigInt(span.stride));
      if (steps >= 0n && steps < BigInt(span.count)) return span.fixup;
    }
    return undefined;
  }

  #lastStartingUpTo(address: bigint): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const span = this.#spans[middle];
      if (span !== undefined && span.address <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function stepsIn(distance: bigint, stride: bigint): bigint {
  return distance % stride === 0n ? distance / stride : -1n;
}
