import { FormatError } from "../../src/object/format-error.ts";
import type { ByteSource } from "../../src/object/image.ts";

/** Bytes in memory, read as an Image reads a file: for tests that make thousands of files. */
export function memorySource(bytes: Buffer): ByteSource {
  const source: ByteSource = {
    size: bytes.length,
    origin: 0,
    fill(out, offset, length, what) {
      source.read(offset, length, what).copy(out);
    },
    read(offset, length, what) {
      const start = Number(offset);
      const end = start + Number(length);
      if (start < 0 || end < start || end > bytes.length) {
        throw new FormatError({
          what: `${what} is cut off or points outside the file`,
          offset: 0,
          found: start,
        });
      }
      return Buffer.from(bytes.subarray(start, end));
    },
  };
  return source;
}
