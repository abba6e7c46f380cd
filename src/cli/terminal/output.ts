import { exitCodes } from "../../check/model/exit-code.ts";
import { visible } from "../../report/model/visible.ts";

/** Writes the report to stdout. The process ends by itself once all of it is read. */
export function writeReport(text: string): void {
  if (text !== "") process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Writes a line to stderr that is not part of the report: hints, warnings, why it fails. */
export function writeRemark(text: string): void {
  const lines = text.split("\n").map(visible);
  process.stderr.write(`${lines.join("\n")}\n`);
}

/** From now on the exit code is 2, whatever a command that is still running sets. */
export function giveUp(): void {
  process.exitCode = exitCodes.failure.code;
  process.once("exit", () => {
    process.exitCode = exitCodes.failure.code;
  });
}

/**
 * A reader that stops early (`| head`) is not a failure: the rest is not written, without a message, and the exit code stays. A
 * report that could only be written in part (a full disk) is a failure. To be called once oclif is loaded, whose own listener
 * throws.
 */
export function failOnBrokenOutput(): void {
  process.stdout.removeAllListeners("error");
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    giveUp();
    writeRemark(`plugins: the report could not be written: ${error.message}`);
  });
  process.stderr.on("error", () => {
    // There is nowhere left to report it.
  });
}
