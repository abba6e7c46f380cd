import { exitCodes } from "../check/model/exit-code.ts";
import { visible } from "../report/model/visible.ts";

/** Writes to stdout what the report is. The process ends by itself once all of it is taken. */
export function writeReport(text: string): void {
  if (text !== "") process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Writes a line to stderr that is not part of the report: hints, warnings, why it fails. */
export function writeRemark(text: string): void {
  const lines = text.split("\n").map(visible);
  process.stderr.write(`${lines.join("\n")}\n`);
}

/** The exit code is 2 from now on, whatever a command that is still under way sets. */
export function giveUp(): void {
  process.exitCode = exitCodes.failure.code;
  process.once("exit", () => {
    process.exitCode = exitCodes.failure.code;
  });
}

/**
 * A reader that has seen enough (`| head`) is no failure: what is left is not written, nothing is said, and the exit
 * code stays. A report that could not be written whole (a full disk) is one. To be called once oclif is loaded, whose
 * own listener throws.
 */
export function failOnBrokenOutput(): void {
  process.stdout.removeAllListeners("error");
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    giveUp();
    writeRemark(`plugins: the report could not be written: ${error.message}`);
  });
  process.stderr.on("error", () => {
    // There is nowhere left to say so.
  });
}
