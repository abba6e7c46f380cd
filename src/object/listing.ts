/** What can be gone through, again and again, and counted; an array is one. */
export interface Listing<T> extends Iterable<T> {
  readonly length: number;
}

/** Up to so many entries are an array. */
const kept = 2 ** 16;

/**
 * What `each` goes through. Of more than 65,536 entries none is kept: they are made again each time they are asked for, since a million
 * symbols as objects take hundreds of megabytes.
 * @param each gives the same entries each time; what it throws, it throws here, in the pass that counts.
 */
export function listingOf<T>(each: () => Iterable<T>): Listing<T> {
  const first: T[] = [];
  let length = 0;
  for (const one of each()) {
    length += 1;
    if (length <= kept) first.push(one);
    else first.length = 0;
  }
  return length <= kept ? first : new LongListing(each, length);
}

/** Each entry made into something else, when it is asked for if there are many. */
export function mapped<T, Result>(list: Listing<T>, make: (one: T) => Result): Listing<Result> {
  if (!(list instanceof LongListing)) return Array.from(list, make);
  return new LongListing(function* () {
    for (const one of list as LongListing<T>) yield make(one);
  }, list.length);
}

/** A listing that is not an array. JSON.stringify writes it as one. */
export class LongListing<T> implements Listing<T> {
  constructor(
    private readonly each: () => Iterable<T>,
    readonly length: number,
  ) {}

  [Symbol.iterator](): Iterator<T> {
    return this.each()[Symbol.iterator]();
  }

  toJSON(): readonly T[] {
    return [...this];
  }
}
