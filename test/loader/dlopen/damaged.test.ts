import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openSystem } from "../../../src/loader/dlopen/system.ts";
import { toolchain } from "../../support/elf-toolchain.ts";
import { plain } from "./case.ts";
import { foretellFor, readHost } from "./ground.ts";
import { buildHost, Workbench, type Flavour } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-damaged-"));
const system = openSystem({ root: "/" });
const files = 400;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The same numbers in every run (Park and Miller's generator). */
function* numbers(seed: number): Generator<number, never, undefined> {
  for (let state = seed; ; yield state) state = (state * 48_271) % 2_147_483_647;
}

describe.each([
  ["glibc", "gcc"],
  ["musl", "musl-gcc"],
] as const)("%s", (flavour: Flavour, compiler) => {
  const { missing, reason } = toolchain(compiler);

  it.skipIf(missing)(`answers for every damaged file ${reason}`, () => {
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
      outcomes.add(foretellFor(host, system, path).outcome);
    }
    expect([...outcomes]).toEqual(expect.arrayContaining(["loads", "refused", "unknown"]));
  });
});
