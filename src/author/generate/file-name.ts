import { basename } from "node:path";

/**
 * The name of a file, in place of where it is on this machine: `/home/me/x.pgo` is `x.pgo`. A relative path is the same on every machine.
 */
export function withoutFolder(path: string): string {
  return path.startsWith("/") ? basename(path) : path;
}
