import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { need } from "./need.ts";

/** A real library of this system, grown to `size` bytes by a section that is not loaded. The folder is the caller's to remove. */
export function grownLibrary(size: number): { readonly folder: string; readonly file: string } {
  need("cc", "objcopy");
  const library = libraryOf("libstdc++.so.6");
  const folder = mkdtempSync(join(tmpdir(), "plugins-grown-"));
  const filler = join(folder, "filler");
  const file = join(folder, "grown.so");
  writeFileSync(filler, "");
  truncateSync(filler, size - statSync(library).size);
  execFileSync("objcopy", ["--add-section", `.filler=${filler}`, library, file]);
  rmSync(filler);
  return { folder, file };
}

function libraryOf(name: string): string {
  const path = execFileSync("cc", [`-print-file-name=${name}`], { encoding: "utf8" }).trim();
  return realpathSync(path);
}
