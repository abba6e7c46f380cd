import { execFileSync, spawnSync } from "node:child_process";
import { describe } from "vitest";
import { lackOf, standIn } from "../need.ts";
import type { RealFile } from "../real-files.ts";

/**
 * The oldest LLVM whose output these tests were tried with. 14 is known to be too old: its JSON of ELF files cannot be
 * parsed, and it knows no chained fixups.
 */
const OLDEST_LLVM = 19;

/** LLVM's tools as distributions name them, the version first that was tried. */
const LLVM_SUFFIXES = ["-19", "-20", "-21", ""];

/** A tool whose output is compared with ours, or what to install where it is missing. */
export type Tool =
  | { readonly name: string; readonly missing?: undefined }
  | { readonly name: string; readonly missing: string };

export function tool(name: string): Tool {
  const missing = lackOf(name);
  return missing === undefined ? { name } : { name, missing };
}

/** One of LLVM's tools, under whichever name it has here. */
export function llvmTool(name: string): Tool {
  const found = LLVM_SUFFIXES.map((suffix) => name + suffix).find((each) => llvmVersion(each) >= OLDEST_LLVM);
  if (found !== undefined) return { name: found };
  return { name, missing: `no ${name}-${OLDEST_LLVM}` };
}

/** What the tool prints about a file. Warnings, which it writes to stderr, are left out. */
export function outputOf(of: Tool, args: readonly string[]): string {
  return execFileSync(of.name, args, {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
}

/**
 * One group of tests a file. If the file or a tool is missing, one skipped test stands in for the group; with CI=true it fails
 * instead, but for a file that only some systems install.
 */
export function describeFile(file: RealFile, tools: readonly Tool[], tests: () => void): void {
  const tool = tools.find((one) => one.missing !== undefined);
  const missing = tool?.missing ?? file.missing;
  if (missing === undefined) {
    describe(file.label, tests);
    return;
  }
  standIn(missing, `${file.label} is at hand`, { optional: tool === undefined && !file.isPinned });
}

/** 0 where the tool is missing or is not LLVM's. */
function llvmVersion(name: string): number {
  return Number(/LLVM version (\d+)/.exec(versionOf(name) ?? "")?.[1] ?? 0);
}

function versionOf(name: string): string | undefined {
  const { status, stdout } = spawnSync(name, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}
