import type { ByteSource } from "../image.ts";
import type { FileRange } from "./command.ts";

/** Read at once; a string table can be hundreds of megabytes. */
const chunkSize = 1024 * 1024;

/** Whether a part of the file holds `text`, read in chunks. @throws FormatError if it leaves the file. */
export function rangeContains(source: ByteSource, range: FileRange, text: string, what: string): boolean {
  const wanted = Buffer.from(text);
  const end = range.offset + range.size;
  // Chunks share their ends, where the text may lie.
  const overlap = Math.max(wanted.length - 1, 0);
  source.read(range.offset, 0, what);
  for (let at = range.offset; at < end; at += chunkSize) {
    const chunk = source.read(at, Math.min(chunkSize + overlap, end - at), what);
    if (chunk.includes(wanted)) return true;
  }
  return false;
}
