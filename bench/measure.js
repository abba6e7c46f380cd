import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { cacheFolder } from "./inputs.js";

/** @typedef {{ cpu: number, wall: number, memory: number }} Use CPU and wall time in ms, peak memory in MiB. */

let program;

/** What one run of a command takes. It must end with one of the exit codes. */
function measured([command, ...args], codes = [0, 1]) {
  if (program === undefined) {
    program = join(cacheFolder(), "measure");
    execFileSync("cc", ["-O1", "-o", program, new URL("measure.c", import.meta.url).pathname]);
  }
  const [code, cpu, wall, memory] = execFileSync(program, [command, ...args], { encoding: "utf8" })
    .trim()
    .split(" ")
    .map(Number);
  if (!codes.includes(code))
    throw new Error(`exit code ${code}: ${[command, ...args].join(" ").slice(0, 300)}`);
  return { cpu: cpu / 1000, wall: wall / 1000, memory: memory / 1024 };
}

/**
 * Runs the commands in turn, A B A B …, so that a slower machine slows all of them, and once before that, to fill the page cache.
 * @returns {Use[]} the median of each.
 */
export function medians(commands, rounds) {
  const runs = commands.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, command] of commands.entries()) {
      const run = measured(command);
      if (round >= 0) runs[index].push(run);
    }
  }
  return runs.map((each) => ({
    cpu: median(each.map(({ cpu }) => cpu)),
    wall: median(each.map(({ wall }) => wall)),
    memory: median(each.map(({ memory }) => memory)),
  }));
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
