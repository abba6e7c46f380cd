import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { lackOf } from "./need.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Why no terminal can be had here; undefined if one can. */
export const noTerminal: string | undefined = lackOf("script");

export interface TerminalRun {
  readonly code: number | null;
  /** What the terminal was sent, stdout and stderr together, with plain line breaks. */
  readonly screen: string;
}

/** Runs `plugins` in the folder of the project with a pseudo-terminal of so many columns for stdout and stderr. */
export function runInTerminal(
  args: readonly string[],
  columns: number,
  env: Readonly<Record<string, string>> = {},
): TerminalRun {
  const words = [process.execPath, "bin/run.js", ...args].map((word) => `'${word}'`);
  const command = `stty cols ${columns} rows 50; ${words.join(" ")}`;
  const { status, stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", TERM: "xterm-256color", LANG: "C.UTF-8", ...env },
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 16 * 1024 * 1024,
  });
  return { code: status, screen: stdout.replaceAll("\r\n", "\n") };
}
