import { spawnSync } from "node:child_process";

/** Runs the commands in turn, A B A B …, so that a slower machine slows all of them. Returns the median wall time of each in ms. */
export function medians(commands, rounds) {
  const times = commands.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, [command, ...args]] of commands.entries()) {
      const start = process.hrtime.bigint();
      const { error, signal } = spawnSync(command, args, { stdio: "ignore" });
      const took = Number(process.hrtime.bigint() - start) / 1e6;
      if (error !== undefined || signal !== null)
        throw new Error(`${command} did not run: ${error?.message ?? signal}`);
      // The first round fills the page cache.
      if (round >= 0) times[index].push(took);
    }
  }
  return times.map((each) => each.sort((one, other) => one - other)[Math.floor(each.length / 2)]);
}
