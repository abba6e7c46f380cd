import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const mebibyte = 1024 * 1024;

/** A folder in the temporary folder, removed at the end of the process. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "plugins-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of a plugin, enlarged to `size` bytes by a section that is not loaded. */
export function grow(plugin, to, size) {
  const filler = `${to}.filler`;
  writeFileSync(filler, "");
  truncateSync(filler, Math.max(0, size - statSync(plugin).size));
  copyFileSync(plugin, to);
  execFileSync("objcopy", ["--add-section", `.filler=${filler}`, to]);
  rmSync(filler);
  return to;
}

/** A folder with `count` names for one plugin of `size` MiB: hard links, so that a thousand fit on any disk. */
export function folderOf(plugin, count, size) {
  const base = temporaryFolder();
  const grown = grow(plugin, join(base, "grown.so"), size * mebibyte);
  const folder = join(base, "plugins");
  mkdirSync(folder);
  for (let index = 0; index < count; index += 1) linkSync(grown, join(folder, `plugin-${index}.so`));
  return folder;
}
