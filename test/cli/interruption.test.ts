import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { holdInterruptions } from "../../src/cli/terminal/interruption.ts";

const listeners = (): readonly number[] =>
  ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => process.listenerCount(signal));

it("any number of files can be written, with one listener for each signal, until the last is done", async () => {
  const before = listeners();
  const one = before.map((count) => count + 1);
  const releases = Array.from({ length: 40 }, () => holdInterruptions());
  expect(listeners()).toEqual(one);
  const [first, ...others] = releases;
  for (const release of others) release();
  for (let turn = 0; turn < 4; turn++) await nextTurn();
  expect(listeners()).toEqual(one);
  first?.();
  expect(listeners()).toEqual(one);
  for (let turn = 0; turn < 4; turn++) await nextTurn();
  expect(listeners()).toEqual(before);
});
