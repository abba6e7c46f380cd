import { unreadable, unreadableText } from "../artifact/unreadable.ts";
import { FormatError } from "../object/format-error.ts";
import { unknownFromHere, type Unsure } from "./step.ts";

/**
 * What is known of a library that was opened but not read to its end.
 * @param path as the loader names it.
 * @param error what was thrown: its format, the disk, or a bug of this program.
 */
export function unreadableLibrary(path: string, error: unknown): Unsure {
  const why =
    error instanceof FormatError
      ? `is malformed, and what the loader does with it is unknown: ${error.message}`
      : unreadableText(unreadable(path, null, error), "");
  return unknownFromHere(`${path} ${why.trim()}.`);
}
