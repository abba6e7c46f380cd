import type { OpenFile } from "../files.ts";
import { ArchiveError } from "./archive-error.ts";

/** Bytes that can be read at random. */
export interface Content {
  /** In bytes. */
  readonly size: number;
  /** As `OpenFile.read`: up to `length` bytes at `position`; 0 at the end. */
  read(into: Buffer, at: number, length: number, position: number): number;
  /** Whether the file that it is in was written to since it was opened. */
  isChanged(): boolean;
}

/** A part of other content. */
export class ContentSlice implements Content {
  constructor(
    private readonly parent: Pick<OpenFile, "read" | "isChanged">,
    private readonly offset: number,
    readonly size: number,
  ) {}

  read(into: Buffer, at: number, length: number, position: number): number {
    const count = Math.min(length, this.size - position);
    return count <= 0 ? 0 : this.parent.read(into, at, count, this.offset + position);
  }

  isChanged(): boolean {
    return this.parent.isChanged();
  }
}

/**
 * All bytes of small content.
 * @throws ArchiveError if it is longer than `limit`, or was cut.
 */
export function wholeContent(content: Content, limit: number, what: string): Buffer {
  if (content.size > limit) {
    throw new ArchiveError(`${what} is ${content.size} bytes, more than the limit of ${limit}`);
  }
  const bytes = Buffer.allocUnsafe(content.size);
  for (let done = 0; done < bytes.length;) {
    const got = content.read(bytes, done, bytes.length - done, done);
    if (got === 0) throw new ArchiveError(`${what} is cut off`);
    done += got;
  }
  return bytes;
}
