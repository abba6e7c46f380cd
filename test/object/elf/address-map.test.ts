import { describe, expect, test } from "vitest";
import { AddressMap } from "../../../src/object/elf/address-map.ts";
import type { ProgramHeader } from "../../../src/object/elf/segment.ts";
import type { ByteSource } from "../../../src/object/image.ts";
import { formatErrorOf } from "../../support/elf-open.ts";

/** A file in which every byte is its own offset, modulo 256. */
const file: ByteSource = {
  size: 0x1_0000,
  origin: 0,
  read: (offset, length) =>
    Buffer.from(Array.from({ length: Number(length) }, (_, index) => (Number(offset) + index) & 0xff)),
};

const load = (address: number, offset: number, fileSize: number, memorySize = fileSize): ProgramHeader => ({
  type: 1,
  flags: 4,
  offset: BigInt(offset),
  address: BigInt(address),
  fileSize: BigInt(fileSize),
  memorySize: BigInt(memorySize),
  alignment: 0x1000n,
});

const bytesAt = (map: AddressMap, address: bigint, size: bigint): number[] => {
  const { source, offset, size: length } = map.range(address, size, "table");
  return [...source.read(offset, length, "table")];
};

describe("a table that crosses from one segment into the next", () => {
  test("is one range if the file has them next to each other, as patchelf leaves them", () => {
    const map = new AddressMap(file, [load(0x1000, 0, 0x10), load(0x1010, 0x10, 0x10)]);
    expect(map.range(0x1008n, 0x10n, "table")).toEqual({
      source: file,
      offset: 8,
      size: 16,
      what: "table",
    });
  });

  test("is put together if they are elsewhere in the file", () => {
    const map = new AddressMap(file, [
      load(0x1000, 0, 0x10),
      load(0x1010, 0x80, 0x4),
      load(0x1014, 0x40, 0x10),
    ]);
    expect(bytesAt(map, 0x100en, 8n)).toEqual([0xe, 0xf, 0x80, 0x81, 0x82, 0x83, 0x40, 0x41]);
  });

  test("is read by address as well", () => {
    const map = new AddressMap(file, [load(0x1000, 0, 0x10), load(0x1010, 0x80, 0x10)]);
    expect([...map.read(0x100en, 4, "word")]).toEqual([0xe, 0xf, 0x80, 0x81]);
  });

  test("reaches as far as there is file content, if nothing says how long it is", () => {
    const map = new AddressMap(file, [load(0x1000, 0, 0x10), load(0x1010, 0x80, 0x10)]);
    expect(map.range(0x1004n, undefined, "table").size).toBe(0x1c);
  });

  test.each([
    ["a gap", [load(0x1000, 0, 0x10), load(0x1011, 0x10, 0x10)]],
    ["zero fill", [load(0x1000, 0, 0x10, 0x20), load(0x1020, 0x10, 0x10)]],
    ["the end", [load(0x1000, 0, 0x10)]],
  ])("is refused if %s is between", (_, loads) => {
    expect(formatErrorOf(() => new AddressMap(file, loads).range(0x1008n, 0x10n, "table"))).toMatchObject({
      what: "table leaves its segment",
      offset: 8,
      found: "0x10 bytes",
      expected: "at most 0x8",
    });
  });

  test("is refused over more segments than any linker makes", () => {
    const loads = Array.from({ length: 1000 }, (_, index) => load(0x1000 + index, 2 * index, 1));
    const map = new AddressMap(file, loads);
    expect(map.range(0x1000n, 64n, "table").size).toBe(64);
    expect(formatErrorOf(() => map.range(0x1000n, 65n, "table")).expected).toBe("at most 0x40");
  });

  test("is taken from the later segment where two overlap", () => {
    const map = new AddressMap(file, [load(0x1000, 0, 0x20), load(0x1010, 0x80, 0x4)]);
    expect(bytesAt(map, 0x100en, 8n)).toEqual([0xe, 0xf, 0x80, 0x81, 0x82, 0x83, 0x14, 0x15]);
  });

  test("is not read beyond itself", () => {
    const map = new AddressMap(file, [load(0x1000, 0, 0x10), load(0x1010, 0x80, 0x10)]);
    const { source, size } = map.range(0x1000n, 0x18n, "table");
    expect(formatErrorOf(() => source.read(size, 0x10, "entry")).what).toBe(
      "entry is cut off or points outside the file",
    );
  });
});
