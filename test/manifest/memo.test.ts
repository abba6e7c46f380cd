import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { memo } from "../../src/manifest/memo.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe("a memo", () => {
  it("makes a result once a text", () => {
    const made: string[] = [];
    const length = memo((text) => {
      made.push(text);
      return text.length;
    });
    expect([length("abc"), length("ab"), length("abc")]).toEqual([3, 2, 3]);
    expect(made).toEqual(["abc", "ab"]);
  });

  it.each([
    ["a text of 4096 units", "x".repeat(4096), 1],
    ["no longer text", "x".repeat(4097), 2],
  ])("keeps %s", (_, text, times) => {
    let made = 0;
    const count = memo(() => (made += 1));
    count(text);
    count(text);
    expect(made).toBe(times);
  });

  it("forgets all when it has kept a thousand", () => {
    let made = 0;
    const count = memo(() => (made += 1));
    for (let each = 0; each < 1000; each += 1) count(`${each}`);
    count("0");
    expect(made).toBe(1000);
    count("one more");
    count("0");
    expect(made).toBe(1002);
  });

  it("keeps a text to its last code unit, a surrogate without its other half among them", () => {
    const same = memo((text) => text);
    expect(same("é\ud800 𝄞\0")).toBe("é\ud800 𝄞\0");
  });

  it("keeps nothing of the long text that a short one is a part of", () => {
    const parts = memo((text) => text.split("\t"));
    const mebibyte = 2 ** 20;
    const before = heapUsed();
    for (let index = 0; index < 100; index += 1) {
      const line = `dep\texample.com/module/number/${index}`;
      // In one piece, and on the heap that is measured.
      const long = JSON.parse(JSON.stringify(line + " ".repeat(mebibyte))) as string;
      parts(long.slice(0, line.length));
    }
    expect(heapUsed() - before).toBeLessThan(10 * mebibyte);
  });
});
