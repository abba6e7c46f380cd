import { expect, it } from "vitest";
import { lackLines } from "./closing-line.ts";

it("each missing tool has one line, the one that most tests need first, with what installs it", () => {
  const lacks = new Map([
    ["not root", 1],
    ["no go", 1876],
    ["no llvm-objdump-19", 34],
    ["no pwsh", 40],
  ]);
  expect(lackLines(lacks)).toEqual([
    "1,876 tests skipped: no go (.ci/install-tools installs it on Debian)",
    "40 tests skipped: no pwsh",
    "34 tests skipped: no llvm-objdump-19 (.ci/install-tools installs it on Debian)",
    "1 test skipped: not root",
  ]);
});
