// Judges damaged files until it has tried enough of them, and tells what went wrong. docs/fuzzing.md describes it.
//   node test/fuzz/run.js [--seed N] [--tries N] [--from N] [--only KIND] [--keep FOLDER]
import { join } from "node:path";
import { clearInterval, setInterval } from "node:timers";
import { register } from "node:module";
import { Worker } from "node:worker_threads";
import { argumentsOf, wrongUsage } from "../../scripts/command-line.js";

register("./typescript-hooks.js", import.meta.url);
const { kindNames } = await import("./kinds.ts");

const usage = "npm run fuzz -- [--seed N] [--tries N] [--from N] [--only KIND] [--keep FOLDER]";
const { values } = argumentsOf(usage, {
  options: {
    seed: { type: "string", default: "1" },
    tries: { type: "string", default: "10000" },
    from: { type: "string", default: "0" },
    only: { type: "string" },
    keep: { type: "string" },
  },
});
const { only, keep } = values;
const [seed, tries, start] = [values.seed, values.tries, values.from].map(Number);
/** Threads tell each other the number of an input in 32 bits. */
const mostInputs = 2 ** 31 - 1;
if (
  ![seed, tries, start].every((each) => Number.isSafeInteger(each) && each >= 0) ||
  start + tries > mostInputs
) {
  wrongUsage(usage, `--seed, --tries and --from take whole numbers, and there are ${mostInputs} inputs`);
}
if (only !== undefined && !kindNames.includes(only)) {
  wrongUsage(usage, `there is no kind ${only}: expected ${kindNames.join(", ")}`);
}

/** In milliseconds: an input takes about ten, and no loop of ours takes this long. */
const longest = 20_000;

/** For each kind how often each outcome came. */
const counts = new Map();
/** What went wrong, by its text without numbers: the first input, and how many there are. */
const wrongs = new Map();

const end = start + tries;
for (let next = start; next < end;) next = await judgeFrom(next);

for (const [kind, outcomes] of [...counts].sort()) {
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const told = [...outcomes].sort(([, one], [, other]) => other - one);
  console.log(`${kind}: ${total} inputs; ${told.map(([name, count]) => `${name} ${count}`).join(", ")}`);
}
for (const { index, kind, wrong, count } of wrongs.values()) {
  console.log(`\n${kind}, input ${index}${count > 1 ? ` and ${count - 1} more` : ""}:\n${wrong}`);
  if (keep !== undefined) await written(index, join(keep, `${kind}-${seed}-${index}`));
  console.log(
    `again: npm run fuzz -- --seed ${seed} --from ${index} --tries 1${only ? ` --only ${only}` : ""}`,
  );
}
const wrong = [...wrongs.values()].reduce((sum, { count }) => sum + count, 0);
console.log(`${tries} inputs with seed ${seed}: ${wrong} wrong, in ${wrongs.size} ways`);
process.exitCode = wrong === 0 ? 0 : 1;

/** Judges from that input on, in a thread that can be ended. @returns the input to go on with: after one that hung, the next. */
function judgeFrom(from) {
  return new Promise((resolve) => {
    const at = new SharedArrayBuffer(8);
    const now = new Int32Array(at);
    now[0] = from;
    const thread = threadWith({ from, to: end, at });
    let [seen, since] = [from, Date.now()];
    const watch = setInterval(() => {
      const index = Atomics.load(now, 0);
      if (index !== seen) [seen, since] = [index, Date.now()];
      else if (Date.now() - since > longest) void thread.terminate();
    }, 500);
    let died = `takes longer than ${longest / 1000} seconds`;
    thread.on("message", note);
    thread.on("error", (error) => {
      died = `ends the thread: ${error.stack ?? error.message}`;
    });
    thread.on("exit", (code) => {
      clearInterval(watch);
      if (code === 0) return resolve(end);
      const index = Atomics.load(now, 0);
      // Before the first input, the fault is in this program.
      if (Atomics.load(now, 1) === 0) throw new Error(died);
      written(index).then((kind) => {
        note({ index, kind, outcome: "stopped", wrong: died });
        resolve(index + 1);
      });
    });
  });
}

/** Writes the files of an input, if a folder is given. @returns its kind. */
function written(index, folder) {
  return new Promise((resolve, reject) => {
    const thread = threadWith({
      from: index,
      to: index + 1,
      at: new SharedArrayBuffer(8),
      write: folder ?? "",
    });
    thread.on("error", reject);
    thread.on("message", ({ kind, run }) => {
      if (folder !== undefined) console.log(`written to ${folder}; ${run}`);
      resolve(kind);
    });
  });
}

function threadWith(task) {
  const workerData = { seed, only, ...task };
  const resourceLimits = { maxOldGenerationSizeMb: 768 };
  return new Worker(new URL("worker.js", import.meta.url), { workerData, resourceLimits });
}

function note({ index, kind, outcome, wrong }) {
  const outcomes = counts.get(kind) ?? new Map();
  counts.set(kind, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1));
  if (wrong === undefined) return;
  const sign = wrong.replaceAll(/0x[0-9a-f]+|\d+/g, "N").slice(0, 300);
  const known = wrongs.get(sign);
  if (known === undefined) wrongs.set(sign, { index, kind, wrong, count: 1 });
  else known.count++;
}
