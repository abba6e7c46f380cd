import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { NotAFileError } from "../object/image.ts";
import { unreadable, type Unreadable } from "./unreadable.ts";

/** How much of a file is in memory at once, in bytes. */
const CHUNK = 1024 * 1024;

/** A file's content, as a lock names it. */
export interface Digest {
  readonly kind: "digest";
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** In bytes, as they were read. */
  readonly size: number;
}

/** Reads a file once from end to end, a piece at a time. What makes it unreadable is returned. */
export async function digestOf(path: string): Promise<Digest | Unreadable> {
  try {
    // A FIFO without a writer is not waited for.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      if (!(await file.stat()).isFile()) throw new NotAFileError("no regular file");
      const hash = createHash("sha256");
      const chunk = Buffer.allocUnsafe(CHUNK);
      let size = 0;
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK, size);
        if (bytesRead === 0) return { kind: "digest", sha256: hash.digest("hex"), size };
        hash.update(chunk.subarray(0, bytesRead));
        size += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    return unreadable(path, null, error);
  }
}
