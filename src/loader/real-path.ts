import { realpathSync } from "node:fs";

/** What realpath(3) makes of a path; undefined where it fails. */
export function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
