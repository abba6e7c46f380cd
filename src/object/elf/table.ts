import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";

/** A table longer than this is not read into memory. The largest known (.strtab of a browser's debug build) is half of it. */
const MOST_BYTES = 2 ** 30;

/**
 * A whole table, read once while the file is open: nobody may change its bytes.
 * @throws FormatError when it is not all inside the file, or of more than 1 GiB.
 */
export function readTable(
  source: ByteSource,
  offset: number | bigint,
  size: number | bigint,
  what: string,
): Buffer {
  if (size > MOST_BYTES) {
    throw new FormatError({
      what: `${what} is too long for this reader`,
      offset: source.origin + Number(offset),
      found: size,
      expected: `at most ${MOST_BYTES} bytes`,
    });
  }
  return source.table?.(offset, size, what) ?? source.read(offset, size, what);
}

/** A table's bytes in chunks of at most `chunk` bytes, so that memory does not grow with it. */
export function* readChunks(
  table: {
    readonly source: ByteSource;
    readonly offset: number;
    readonly size: number;
    readonly what: string;
  },
  chunk: number,
): Generator<Buffer, void, undefined> {
  for (let done = 0; done < table.size; done += chunk) {
    yield table.source.read(table.offset + done, Math.min(chunk, table.size - done), table.what);
  }
}
