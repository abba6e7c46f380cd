import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { FormatError } from "../../src/object/format-error.ts";
import { Image, NotAFileError, Slice } from "../../src/object/image.ts";

let folder: string;
let path: string;
const content = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7 + (at >> 8)) & 0xff));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-image-"));
  path = join(folder, "file");
  writeFileSync(path, content);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function problem(read: () => unknown): Partial<FormatError> {
  try {
    read();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("an image", () => {
  it("gives any part of the file, across its blocks", () => {
    const image = Image.open(disk, path);
    for (const [from, length] of [
      [0, 1],
      [4090, 12],
      [4096, 4096],
      [100, 9000],
      [19_999, 1],
      [20_000, 0],
    ] as const) {
      expect(image.read(from, length, "part")).toEqual(content.subarray(from, from + length));
    }
    image.close();
  });

  it("reads neighbouring small parts once", () => {
    const image = Image.open(disk, path);
    for (let at = 0; at < 4000; at += 16) image.read(at, 16, "entry");
    expect(image.bytesRead).toBe(4096);
    image.close();
  });

  it("hands out buffers that the caller may change", () => {
    const image = Image.open(disk, path);
    image.read(0, 8, "part").fill(0);
    expect(image.read(0, 8, "part")).toEqual(content.subarray(0, 8));
    image.close();
  });

  it.each([
    [19_999, 2],
    [20_001, 0],
    [-1, 1],
    [0, -1],
    [0n, 1n << 63n],
    [(1n << 64n) - 1n, 2n],
  ])("refuses offset %s with length %s before it allocates anything", (offset, length) => {
    const image = Image.open(disk, path);
    expect(problem(() => image.read(offset, length, "symbol table")).what).toBe(
      "symbol table is cut off or points outside the file",
    );
    image.close();
  });

  it("says where a file became shorter while it was read", () => {
    const image = Image.open(disk, path);
    truncateSync(path, 5000);
    const { what, offset } = problem(() => image.read(0, 10_000, "segment"));
    expect([what, offset]).toEqual(["file became shorter while segment was read", 5000]);
    image.close();
  });

  it("may be closed twice, and not read afterwards", () => {
    const image = Image.open(disk, path);
    image.close();
    image.close();
    expect(() => image.read(0, 1, "part")).toThrow("read after close");
  });

  it("is made of regular files only, and opening never waits", () => {
    execFileSync("mkfifo", [join(folder, "fifo")]);
    expect(() => Image.open(disk, join(folder, "fifo"))).toThrow(NotAFileError);
    expect(() => Image.open(disk, folder)).toThrow("is a folder, not a file");
    expect(() => Image.open(disk, "/dev/null")).toThrow("is a device, not a file");
  });
});

describe("a slice", () => {
  it("is a file of its own, whose errors name the place in the whole file", () => {
    const image = Image.open(disk, path);
    const slice = new Slice(image, 1000, 500);
    expect(slice.read(10, 5, "part")).toEqual(content.subarray(1010, 1015));
    expect(problem(() => slice.read(499, 2, "part")).offset).toBe(1499);
    const inner = new Slice(slice, 100, 50);
    expect(inner.origin).toBe(1100);
    expect(inner.read(0, 50, "part")).toEqual(content.subarray(1100, 1150));
    image.close();
  });

  it("must lie inside the file", () => {
    const image = Image.open(disk, path);
    expect(problem(() => new Slice(image, 19_000, 1001)).what).toContain("slice is cut off");
    image.close();
  });
});
