import { exitCodes } from "../../check/model/exit-code.ts";
import { visible } from "../../report/model/visible.ts";

/** Writes the report to stdout, as lines. The process ends by itself once all of it is read. */
export function writeReport(text: string | Iterable<string>): void {
  for (const piece of inLines(typeof text === "string" ? [text] : text)) {
    // Nobody reads the rest.
    if (process.stdout.destroyed) return;
    process.stdout.write(piece);
  }
}

/** So many characters are written at a time, so that neither many small pieces nor one that is very long is. */
const writtenAtOnce = 2 ** 16;

/** A text in larger pieces, which ends with a line break unless it is empty. */
export function* inLines(pieces: Iterable<string>): Generator<string, void, undefined> {
  let kept = "";
  let last = "\n";
  for (const piece of pieces) {
    kept += piece;
    if (kept.length < writtenAtOnce) continue;
    last = kept.slice(-1);
    yield kept;
    kept = "";
  }
  if (!(kept || last).endsWith("\n")) kept += "\n";
  if (kept !== "") yield kept;
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
