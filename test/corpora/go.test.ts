import { beforeAll, expect, it } from "vitest";
import { describeWith, lackOf } from "../support/need.ts";
import { readFolder, type Count } from "./corpus.ts";
import { goSource } from "./sources.ts";

/** Their sources are not read here: `npm run corpora` reads everything. */
const isObject = (path: string): boolean =>
  path.includes("/testdata/") && !/\.(?:go|c|s|txt|golden)$/.test(path);

describeWith(lackOf("go"), "the files that Go's debug packages are tested with", () => {
  let count: Count;

  beforeAll(async () => {
    const found = await goSource.folder();
    if ("missing" in found) throw new Error(found.missing);
    count = await readFolder(`${found.path}/debug`, isObject);
  });

  it("show no mistake of ours", () => {
    expect(count.wrong).toEqual([]);
  });

  it("are read, but for those that are broken on purpose", () => {
    expect(count.elf).toBeGreaterThan(30);
    expect(count.macho).toBeGreaterThan(5);
    expect(count.refused).toBeLessThan(count.elf / 4);
  });
});
