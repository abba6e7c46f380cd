import { parseArgs } from "node:util";

/**
 * The arguments of a program of this repository, as `parseArgs` of Node gives them.
 * @param usage one line, that a wrong argument and `--help` print; the program ends then, with 2 or 0.
 */
export function argumentsOf(usage, options) {
  try {
    const parsed = parseArgs({ ...options, options: { help: { type: "boolean" }, ...options.options } });
    if (parsed.values.help !== true) return parsed;
    console.log(`usage: ${usage}`);
    process.exit(0);
  } catch (error) {
    return wrongUsage(usage, error.message);
  }
}

/** Ends the program: nothing was done, since the arguments are wrong. */
export function wrongUsage(usage, why) {
  console.error(`${why}\nusage: ${usage}`);
  process.exit(2);
}
