import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { AddressIndex } from "../../../src/object/elf/address-index.ts";

/** The places by a plain search. */
const placesOf = (addresses: readonly number[], address: number): readonly number[] =>
  addresses.flatMap((each, place) => (each === address ? [place] : []));

describe("an index of addresses", () => {
  it("finds the places of each in order, and none of others", () => {
    const address = fc.oneof(fc.nat(40), fc.nat({ max: 2 ** 31 }), fc.maxSafeInteger().map(Math.abs));
    fc.assert(
      fc.property(fc.array(address, { maxLength: 300 }), address, (addresses, other) => {
        const index = new AddressIndex(Float64Array.from(addresses));
        for (const each of [...addresses, other]) expect(index.find(each)).toEqual(placesOf(addresses, each));
      }),
    );
  });

  it("tells the first few places of an address that stands in all entries", () => {
    const index = new AddressIndex(new Float64Array(100_000).fill(0x1000));
    expect(index.find(0x1000)).toHaveLength(64);
    expect(index.find(0x1000).slice(0, 3)).toEqual([0, 1, 2]);
    expect(index.find(0x1008)).toEqual([]);
  });

  it("is quick with addresses that were chosen to fall into one slot", () => {
    // The inverse of the hash's factor modulo 2^32: multiples of it have hashes that are next to each other.
    const inverse = 0x0e8b2f51;
    const addresses = Array.from({ length: 2 ** 16 }, (_, at) => Math.imul(at, inverse) >>> 0);
    const index = new AddressIndex(Float64Array.from(addresses));
    let steps = 0;
    for (const address of addresses) steps += index.find(address).length;
    expect(steps).toBe(addresses.length);
  });
});
