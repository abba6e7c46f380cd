import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Source {
  /** C, or the file named by `name`. */
  readonly source: string;
  readonly name?: string;
  readonly flags: readonly string[];
}

/** Runs a tool in a folder of its own that is gone afterwards, with the path it works on. */
export function inFolder<T>(
  act: (folder: string, run: (tool: string, ...args: readonly string[]) => string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), "elf-"));
  try {
    return act(folder, (tool, ...args) =>
      execFileSync(tool, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles and links one C source with a compiler driver; the linked file's bytes. */
export function linkWith(compiler: string, { source, name = "source.c", flags }: Source): Buffer {
  return inFolder((folder, run) => {
    writeFileSync(join(folder, name), source);
    run(compiler, ...flags, "-o", "out", name);
    return readFileSync(join(folder, "out"));
  });
}
