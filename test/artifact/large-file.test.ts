import { rmSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { anatomyOf } from "../../src/artifact/anatomy.ts";
import { openedWith } from "../../src/artifact/artifact.ts";
import { defaultCarrierNames } from "../../src/manifest/carrier/carrier-names.ts";
import { Image } from "../../src/object/image.ts";
import { grownLibrary } from "../support/grown-library.ts";

const mebibyte = 1024 * 1024;
let small: ReturnType<typeof grownLibrary>;
let large: ReturnType<typeof grownLibrary>;

beforeAll(() => {
  small = grownLibrary(4 * mebibyte);
  large = grownLibrary(400 * mebibyte);
});

afterAll(() => {
  for (const { folder } of [small, large]) rmSync(folder, { recursive: true });
});

/** Bytes asked of the system for all that `use` does. */
function bytesRead(path: string, use: (image: Image) => unknown): number {
  const image = Image.open(disk, path);
  use(image);
  image.close();
  return image.bytesRead;
}

const inspected = (path: string): number =>
  bytesRead(path, (image) => anatomyOf(path, image, defaultCarrierNames));
const listed = (path: string): number =>
  bytesRead(path, (image) => openedWith(path, image, defaultCarrierNames, "plugin", () => undefined));

describe("a library of 400 MiB", () => {
  it("is inspected with under 1 MB read, as much as one of 4 MiB", () => {
    expect(statSync(large.file).size).toBeGreaterThan(399 * mebibyte);
    expect(inspected(large.file)).toBeLessThan(1_000_000);
    expect(Math.abs(inspected(large.file) - inspected(small.file))).toBeLessThan(16_384);
  });

  it("is listed with under 512 KiB read, most of it read-only data that may name sources of Rust", () => {
    expect(listed(large.file)).toBeLessThan(524_288);
    expect(Math.abs(listed(large.file) - listed(small.file))).toBeLessThan(16_384);
  });

  it("takes no memory that grows with its size", () => {
    const before = process.memoryUsage();
    inspected(large.file);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(8 * mebibyte);
    expect(after.rss - before.rss).toBeLessThan(64 * mebibyte);
  });
});
