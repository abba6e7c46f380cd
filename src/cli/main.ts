import { runCommandLine } from "./command-line.ts";
import type { Program } from "./program.ts";
import { giveUp, writeRemark } from "./terminal/output.ts";

/**
 * Runs one command line and sets the process's exit code. Nothing is thrown and the process is never cut off, so that all output
 * is written. Whatever goes wrong, the exit code is 2: Node's own 1 for a crash would mean "findings".
 * @param argv without the program's own name.
 */
export async function main(argv: readonly string[], program: Program): Promise<void> {
  process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    giveUp();
    writeRemark(`plugins: this is a bug in plugins: ${error.stack ?? error.message}`);
  });
  prepareForOclif();
  await runCommandLine(argv, program);
}

/**
 * oclif asks for a home folder and a shell, and reads the user database if the environment does not give them. That fails for a
 * user without an entry there, as in many containers. Neither is ever used: nothing is read from the home folder (oclif's theme
 * is off too) and nothing is written.
 */
function prepareForOclif(): void {
  const { env } = process;
  if (process.platform !== "win32") env["HOME"] ??= "/nonexistent";
  env["SHELL"] ??= "sh";
  env["PLUGINS_DISABLE_THEME"] = "1";
  // FORCE_COLOR overrides NO_COLOR. If both are set, Node prints a warning as soon as a library asks about color.
  if (env["FORCE_COLOR"] !== undefined) delete env["NO_COLOR"];
}
