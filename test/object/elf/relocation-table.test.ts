import { describe, expect, it } from "vitest";
import { Encoding } from "../../../src/object/elf/encoding.ts";
import { RelocationTable } from "../../../src/object/elf/relocation.ts";
import { memorySource } from "../../support/macho-source.ts";

const EM_X86_64 = 62;
const R_X86_64_RELATIVE = 8n;

/** A RELA table of relative entries, whose addends are their places in it. */
function tableOf(addresses: readonly bigint[]): RelocationTable {
  const bytes = Buffer.alloc(addresses.length * 24);
  for (const [index, address] of addresses.entries()) {
    bytes.writeBigUInt64LE(address, index * 24);
    bytes.writeBigUInt64LE(R_X86_64_RELATIVE, index * 24 + 8);
    bytes.writeBigInt64LE(BigInt(index), index * 24 + 16);
  }
  const range = { source: memorySource(bytes), offset: 0, size: bytes.length, what: "RELA table" };
  const encoding = new Encoding(64, "little");
  return new RelocationTable({ range, table: "RELA", explicit: true, encoding, machine: EM_X86_64 });
}

describe("the entries for an address", () => {
  it("are found by a run through the table, and later by its index", () => {
    const addresses = Array.from({ length: 100 }, (_, at) => BigInt(0x4000 + ((at * 37) % 100) * 8));
    const table = tableOf(addresses);
    for (const [index, address] of addresses.entries())
      expect(table.find(address).map(({ addend }) => addend)).toEqual([BigInt(index)]);
    expect(table.find(0x4004n)).toEqual([]);
  });

  it("are told from those whose addresses round to the same number", () => {
    const far = 2n ** 60n;
    const addresses = Array.from({ length: 10 }, (_, at) => far + BigInt(at * 8));
    const table = tableOf(addresses);
    for (let again = 0; again < 2; again++) {
      for (const [index, address] of addresses.entries())
        expect(table.find(address).map(({ addend }) => addend)).toEqual([BigInt(index)]);
    }
  });

  it("are never none for an address that has one, however many round to the same number", () => {
    const far = 2n ** 60n;
    const addresses = Array.from({ length: 100 }, (_, at) => far + BigInt(at));
    const table = tableOf(addresses);
    // A run through the table finds it, and the index does not look at all of them.
    expect(table.find(far + 99n).map(({ addend }) => addend)).toEqual([99n]);
    for (const address of addresses) expect(() => table.find(address)).toThrow("too many entries close to");
  });
});
