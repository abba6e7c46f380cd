import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { inputAt, isThorough, kindAt } from "./input.ts";
import type { Kind } from "./kinds.ts";
import { answerTo } from "./property.ts";
import { commandFor } from "./scene.ts";

/** What run.js wants of this thread. */
interface Task {
  readonly seed: number;
  readonly only: Kind | undefined;
  /** Judges inputs from here up to, but not including, `to`. */
  readonly from: number;
  readonly to: number;
  /** Tells which input is being judged, and whether one is. */
  readonly at: SharedArrayBuffer;
  /** Writes the input to this folder, in place of judging it; nowhere if it is empty. */
  readonly write?: string;
}

/** A memory file system throws for every path that is not there, and most of the time goes into the stacks. */
Error.stackTraceLimit = 6;

const { seed, only, from, to, at, write } = workerData as Task;
const now = new Int32Array(at);

for (let index = from; index < to; index++) {
  const kind = kindAt(index, only);
  Atomics.store(now, 0, index);
  Atomics.store(now, 1, 1);
  const scene = inputAt(seed, index, kind);
  if (write === undefined) {
    parentPort?.postMessage({ index, kind, ...(await answerTo(scene, isThorough(index))) });
    continue;
  }
  for (const [path, bytes] of write === "" ? [] : Object.entries(scene.files)) {
    const file = join(write, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  parentPort?.postMessage({ kind, run: commandFor(scene, write) });
}
