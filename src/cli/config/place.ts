import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "../../check/model/usage-error.ts";

/** Names that a configuration file can have. @internal for its tests */
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
 * The configuration file in a folder or the nearest one above it, up to the root of its repository or of the file system;
 * undefined if there is none.
 * @throws UsageError if one folder has two, because neither overrides the other.
 */
export function configPlace(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).filter(isThere);
    const [first, second] = found;
    if (first !== undefined && second !== undefined) {
      throw new UsageError(
        "config-invalid",
        `there are two configuration files in one folder: ${shown(first)} and ${shown(second)}`,
        ["Keep one of them, or choose one with --config FILE."],
      );
    }
    if (first !== undefined) return first;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return undefined;
  }
}

/**
 * Refuses a configuration that was found and belongs to somebody else, as git does a repository: whoever may write into a folder above
 * could turn off rules. Root trusts who called sudo too.
 * @throws UsageError
 */
export function refuseForeignOwner(path: string): void {
  const own = process.geteuid?.();
  if (own === undefined) return;
  const { uid } = statSync(path);
  const caller = own === 0 ? Number(process.env["SUDO_UID"] ?? Number.NaN) : Number.NaN;
  if (uid === own || uid === 0 || uid === caller) return;
  throw new UsageError(
    "config-invalid",
    `${shown(path)}: the configuration belongs to a different user (${uid}), and was not asked for`,
    [`Use it with --config ${shown(path)}, or ignore it with --no-config.`],
  );
}

/** A path as people see it: relative to the working folder. */
export function shown(path: string): string {
  return relative(process.cwd(), path) || ".";
}

// A folder with that name does not count. Anything else does, and reading it tells what is wrong with it.
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch {
    return true;
  }
}
