import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import { openElf } from "../../../src/object/elf/file.ts";
import { Image } from "../../../src/object/image.ts";
import { lackOf, testWith } from "../../support/need.ts";
import { plain } from "./case.ts";
import { answerOf, predictFor, readHost, reallyOpen } from "./ground.ts";
import { buildHost, Workbench, type Flavour } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-damaged-"));
const system = openSystem({ files: disk, root: "/" });
const files = 400;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The same numbers in every run (Park and Miller's generator). */
function* numbers(seed: number): Generator<number, never, undefined> {
  for (let state = seed; ; yield state) state = (state * 48_271) % 2_147_483_647;
}

/** Where the header, the program headers and the tables of the dynamic section stand. */
function readByLoaders(path: string): readonly number[] {
  const image = Image.open(disk, path);
  const file = openElf(image);
  const tables = file.sections.filter(({ name }) =>
    /^\.(dynamic|dynsym|dynstr|gnu\.hash|hash|rela\.|gnu\.version)/.test(name),
  );
  const ranges = [
    { from: 0, to: 64 + file.programHeaders.length * 56 },
    ...tables.map(({ offset, size }) => ({ from: Number(offset), to: Number(offset + size) })),
  ];
  image.close();
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index));
}

describe.each([
  ["glibc", "gcc"],
  ["musl", "musl-gcc"],
] as const)("%s", (flavour: Flavour, compiler) => {
  const lack = lackOf(compiler);

  testWith(lack, "answers for every damaged file", () => {
    const bench = new Workbench(join(folder, flavour), flavour);
    const host = readHost({ system }, buildHost(bench, "plain"));
    const whole = readFileSync(plain(bench));
    const random = numbers(7);
    const outcomes = new Set<string>();
    for (let index = 0; index < files; index++) {
      const bytes = Buffer.from(whole);
      // Most of what a loader reads stands in the first page and around .dynamic.
      const at = random.next().value % (index % 2 === 0 ? 1200 : bytes.length);
      bytes[at] = random.next().value % 256;
      bytes[(at + 1) % bytes.length] = random.next().value % 256;
      const path = bench.write("damaged.so", bytes);
      outcomes.add(predictFor(host, system, path).outcome);
    }
    expect([...outcomes]).toEqual(expect.arrayContaining(["loads", "refused", "unknown"]));
  });

  testWith(lack, "is right about what a loader reads and does not check", () => {
    const bench = new Workbench(join(folder, flavour), flavour);
    const loader = { name: flavour, command: [], system };
    const program = buildHost(bench, "plain");
    const host = readHost(loader, program);
    const whole = readFileSync(plain(bench));
    const places = readByLoaders(plain(bench));
    const random = numbers(23);
    const next = (below: number): number => random.next().value % below;
    const wrong: object[] = [];
    let unknown = 0;
    for (let index = 0; index < files; index++) {
      const bytes = Buffer.from(whole);
      const at = places[next(places.length)] ?? 0;
      const was = bytes[at] ?? 0;
      bytes[at] = index % 2 === 0 ? was ^ (1 << next(8)) : next(256);
      const path = bench.write("damaged.so", bytes);
      const told = answerOf(predictFor(host, system, path));
      const real = reallyOpen(loader, program, path);
      if (told.outcome === "unknown") {
        unknown++;
        continue;
      }
      if (told.outcome !== real.outcome || (told.message ?? real.message) !== real.message)
        wrong.push({ at, was, is: bytes[at], told, real });
    }
    // A function's address that leads into the middle of another one is told from a sound one by nobody.
    expect(wrong.length, inspect(wrong)).toBeLessThanOrEqual(files / 100);
    expect(unknown).toBeLessThan(files / 2);
  });
});
