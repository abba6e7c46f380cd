import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { builtFixtures } from "../../support/built-fixtures.ts";
import { armHost, intelHost, predict } from "./open-host.ts";
import { armLibrary, intelLibrary, signedMacho } from "./signed-macho.ts";

/** The same numbers in every run (Park and Miller's generator). */
function* randomNumbers(): Generator<number> {
  for (let state = 20261121; ;) {
    state = (state * 48271) % 0x7fffffff;
    yield state;
  }
}

const fixture = (id: string) => readFileSync(builtFixtures().get(id).file);

describe.each([
  ["a signed library", () => signedMacho(armLibrary)],
  ["a library with chained fixups", () => fixture("macho/aarch64-chained/c-pointer-import")],
  ["a library with opcodes", () => fixture("macho/x86_64-classic/c-pointer-import")],
  ["a universal file", () => fixture("macho/universal/section")],
  ["an Intel library", () => signedMacho(intelLibrary)],
])("%s, damaged", (_, make) => {
  let whole: Buffer;

  beforeAll(() => {
    whole = make();
  });

  const outcomes = ["loads", "refused", "crash", "unknown"];

  it("is answered for wherever its head is changed", () => {
    const numbers = randomNumbers();
    const next = () => Number(numbers.next().value);
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.from(whole);
      for (let left = 1 + (next() % 4); left > 0; left--) {
        const at = next() % Math.min(whole.length, round % 2 === 0 ? 1200 : whole.length);
        bytes.writeUInt8([0, 1, 0x7f, 0x80, 0xff, next() & 0xff][next() % 6] ?? 0, at);
      }
      expect(outcomes).toContain(predict(bytes, armHost).outcome);
      expect(outcomes).toContain(predict(bytes, intelHost).outcome);
    }
  });

  it("is never said to load where it is cut off", () => {
    for (let length = 0; length < whole.length; length += 1 + Math.floor(whole.length / 100)) {
      const cut = whole.subarray(0, length);
      for (const host of [armHost, intelHost]) {
        expect([length, predict(cut, host).outcome]).toEqual([length, "refused"]);
      }
    }
  });
});
