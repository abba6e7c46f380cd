import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "../../check/model/usage-error.ts";

/** Names that a configuration file may have. */
export const configNames: readonly string[] = [
  "plugins.config.json",
  "plugins.config.yaml",
  "plugins.config.yml",
  ".pluginsrc",
  ".pluginsrc.json",
  ".pluginsrc.yaml",
  ".pluginsrc.yml",
];

/**
 * The configuration file of a folder or the nearest one above it, up to the root of its repository or of the file
 * system; undefined where there is none.
 * @throws UsageError where one folder has two, since neither goes before the other.
 */
export function configPlace(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).filter(isThere);
    const [first, second] = found;
    if (first !== undefined && second !== undefined) {
      throw new UsageError(
        "config-invalid",
        `there are two configuration files: ${shown(first)} and ${shown(second)}`,
        ["Keep one of them, or name it with --config FILE."],
      );
    }
    if (first !== undefined) return first;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return undefined;
  }
}

/** A path as people see it: from the working folder. */
export function shown(path: string): string {
  return relative(process.cwd(), path) || ".";
}

// A folder of that name is none; anything else is, and reading it says what is wrong with it.
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch {
    return true;
  }
}
