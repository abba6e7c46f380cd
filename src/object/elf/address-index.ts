/** Of equal addresses no more places than these are told. */
export const MOST_EQUAL = 64;

/** In a slot of the hash table with more entries than these, whoever made the file wants the search to be slow. */
const LONGEST_SLOT = MOST_EQUAL;

const NONE: readonly number[] = [];

/**
 * Places in a table by the address that stands there. Addresses are spread by a hash, which takes a tenth of the time of sorting them; a
 * table whose addresses fall into one slot is sorted all the same, so that no file makes a look-up slow.
 */
export class AddressIndex {
  readonly #addresses: Float64Array;
  /** The first place of each slot, plus 1; 0 if it has none. */
  readonly #first: Uint32Array;
  /** The next place of the same slot, plus 1. */
  readonly #next: Uint32Array;
  /** What a hash is shifted by to be a slot. */
  readonly #shift: number;
  /** All places in the order of their addresses, once a slot turned out to be long. */
  #sorted: Uint32Array | undefined;

  /** @param addresses of all places, rounded above 2^53; not to be changed afterwards. */
  constructor(addresses: Float64Array) {
    const count = addresses.length;
    const bits = Math.max(1, Math.ceil(Math.log2(count + 1)));
    this.#addresses = addresses;
    this.#shift = 32 - bits;
    this.#first = new Uint32Array(2 ** bits);
    this.#next = new Uint32Array(count);
    // From the last one on, so that a slot has its places in order.
    for (let place = count - 1; place >= 0; place--) {
      const slot = hashOf(addresses[place] ?? 0) >>> this.#shift;
      this.#next[place] = this.#first[slot] ?? 0;
      this.#first[slot] = place + 1;
    }
  }

  /** The places of an address, in order; the first few of many. */
  find(address: number): readonly number[] {
    if (this.#sorted !== undefined) return this.#findSorted(this.#sorted, address);
    let found: number[] | undefined;
    let place = this.#first[hashOf(address) >>> this.#shift] ?? 0;
    for (let length = 0; place !== 0; length++) {
      if (length >= LONGEST_SLOT) return this.#findSorted((this.#sorted ??= this.#sort()), address);
      if (this.#addresses[place - 1] === address) (found ??= []).push(place - 1);
      place = this.#next[place - 1] ?? 0;
    }
    return found ?? NONE;
  }

  #sort(): Uint32Array {
    const addresses = this.#addresses;
    return Uint32Array.from(addresses, (_, place) => place).sort(
      (one, other) => (addresses[one] ?? 0) - (addresses[other] ?? 0) || one - other,
    );
  }

  #findSorted(sorted: Uint32Array, address: number): readonly number[] {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#at(sorted, middle) < address) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let at = low; at < sorted.length && found.length < MOST_EQUAL; at++) {
      if (this.#at(sorted, at) !== address) break;
      found.push(sorted[at] ?? 0);
    }
    return found;
  }

  #at(sorted: Uint32Array, at: number): number {
    return this.#addresses[sorted[at] ?? 0] ?? 0;
  }
}

/** Knuth's multiplicative hash (The Art of Computer Programming 6.4) of both halves of an address. */
function hashOf(address: number): number {
  const high = (address / 2 ** 32) >>> 0;
  return Math.imul((address >>> 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 0;
}
