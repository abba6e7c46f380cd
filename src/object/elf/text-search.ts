/** A shorter text is not worth the tables. */
const SHORTEST = 8;
/** How far a search goes at most in one step; a table's numbers have 8 bits. */
const LONGEST_STEP = 255;
/** Values of a pair of bytes, after hashing. */
const PAIRS = 2 ** 12;

/** A place at which a text was found. */
export interface Found {
  readonly at: number;
  readonly text: Buffer;
}

/**
 * Looks for several texts at once (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994, with pairs of bytes): a pair that is
 * in none of them lets the search pass over as many bytes as the shortest has. A string table of a megabyte is searched in the time in which
 * it is read.
 */
export class TextSearch {
  readonly #texts: readonly Buffer[];
  /** Of the shortest text; of each, only as many bytes decide on the steps. */
  readonly #length: number;
  /** How far the end of the window may move, by the hash of the pair that is there. */
  readonly #steps: Uint8Array | undefined;

  /** @param texts not empty ones. */
  constructor(texts: readonly string[]) {
    this.#texts = texts.map((text) => Buffer.from(text, "utf8"));
    this.#length = Math.min(LONGEST_STEP, ...this.#texts.map(({ length }) => length));
    if (this.#length >= SHORTEST) this.#steps = stepsOf(this.#texts, this.#length);
  }

  /** Bytes of the longest text. */
  get longest(): number {
    return Math.max(0, ...this.#texts.map(({ length }) => length));
  }

  /** The first place at or behind `from` where one of the texts stands; undefined if there is none. */
  find(bytes: Buffer, from = 0): Found | undefined {
    return this.#steps === undefined
      ? this.#findEach(bytes, from)
      : this.#findInSteps(this.#steps, bytes, from);
  }

  /** Whether one of the texts stands anywhere. */
  isIn(bytes: Buffer): boolean {
    return this.#steps === undefined
      ? this.#findEach(bytes, 0) !== undefined
      : this.#isInSteps(this.#steps, bytes);
  }

  /** From four places on at once: a processor reads ahead in one while it waits for the byte that says how far to go in another. */
  #isInSteps(steps: Uint8Array, bytes: Buffer): boolean {
    const quarter = Math.floor(bytes.length / 4);
    let [one, two, three, four] = [this.#length - 1, quarter, 2 * quarter, 3 * quarter];
    if (one >= quarter) return this.#findInSteps(steps, bytes, 0) !== undefined;
    while (one < quarter && two < 2 * quarter && three < 3 * quarter && four < bytes.length) {
      const ofOne = steps[pairOf(bytes[one - 1] ?? 0, bytes[one] ?? 0)] ?? 0;
      const ofTwo = steps[pairOf(bytes[two - 1] ?? 0, bytes[two] ?? 0)] ?? 0;
      const ofThree = steps[pairOf(bytes[three - 1] ?? 0, bytes[three] ?? 0)] ?? 0;
      const ofFour = steps[pairOf(bytes[four - 1] ?? 0, bytes[four] ?? 0)] ?? 0;
      if (ofOne === 0 || ofTwo === 0 || ofThree === 0 || ofFour === 0) {
        for (const end of [one, two, three, four]) if (this.#endsAt(bytes, end)) return true;
      }
      one += ofOne || 1;
      two += ofTwo || 1;
      three += ofThree || 1;
      four += ofFour || 1;
    }
    // What is left of each quarter; to search a little further does no harm.
    const rests: readonly (readonly [number, number])[] = [
      [one, quarter],
      [two, 2 * quarter],
      [three, 3 * quarter],
      [four, bytes.length],
    ];
    return rests.some(
      ([end, stop]) => this.#findInSteps(steps, bytes, end - this.#length + 1, stop) !== undefined,
    );
  }

  /** Whether a text stands where a window ends. */
  #endsAt(bytes: Buffer, end: number): boolean {
    return this.#texts.some((each) => standsAt(bytes, end - this.#length + 1, each));
  }

  /** @param stop where windows no longer end. */
  #findInSteps(steps: Uint8Array, bytes: Buffer, from: number, stop = bytes.length): Found | undefined {
    const length = this.#length;
    for (let end = from + length - 1; end < stop;) {
      const step = steps[pairOf(bytes[end - 1] ?? 0, bytes[end] ?? 0)] ?? 0;
      if (step === 0) {
        const at = end - length + 1;
        const text = this.#texts.find((each) => standsAt(bytes, at, each));
        if (text !== undefined) return { at, text };
      }
      end += step === 0 ? 1 : step;
    }
    return undefined;
  }

  #findEach(bytes: Buffer, from: number): Found | undefined {
    let found: Found | undefined;
    for (const text of this.#texts) {
      const at = bytes.indexOf(text, from);
      if (at !== -1 && (found === undefined || at < found.at)) found = { at, text };
    }
    return found;
  }
}

function stepsOf(texts: readonly Buffer[], length: number): Uint8Array {
  const steps = new Uint8Array(PAIRS).fill(length - 1);
  for (const text of texts) {
    for (let end = 1; end < length; end++) {
      const pair = pairOf(text[end - 1] ?? 0, text[end] ?? 0);
      steps[pair] = Math.min(steps[pair] ?? 0, length - 1 - end);
    }
  }
  return steps;
}

function pairOf(first: number, second: number): number {
  return (first ^ (second << 4)) & (PAIRS - 1);
}

function standsAt(bytes: Buffer, at: number, text: Buffer): boolean {
  if (at + text.length > bytes.length) return false;
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
  return true;
}

/** Searches for the same few texts, which every file of a folder is asked for. */
const searches = new Map<string, TextSearch>();
const MOST_SEARCHES = 64;

/** A search for these texts, made once. */
export function textSearch(texts: readonly string[]): TextSearch {
  const key = JSON.stringify(texts);
  let search = searches.get(key);
  if (search === undefined) {
    if (searches.size >= MOST_SEARCHES) searches.clear();
    searches.set(key, (search = new TextSearch(texts)));
  }
  return search;
}
