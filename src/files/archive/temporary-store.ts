import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileErrorCode } from "../files.ts";
import { ArchiveError } from "./archive-error.ts";
import type { ByteStream } from "./byte-stream.ts";
import { ContentSlice, type Content } from "./content.ts";

/**
 * What is compressed in an archive and must be read at random: one file in a private folder of the temporary folder (TMPDIR). Both lose
 * their names as soon as the file is open, so that nothing is left of them however the process ends, even by SIGKILL.
 */
export class TemporaryStore {
  #file: number | undefined;
  #size = 0;

  /** @param limit in bytes. */
  constructor(private readonly limit: number) {}

  /** Bytes that are stored. */
  get size(): number {
    return this.#size;
  }

  /**
   * Stores the next bytes of a stream, after those that were read of it already.
   * @returns them all; shorter if the stream ends before.
   * @throws ArchiveError if that is over the limit, or the disk is full.
   */
  async add(head: Buffer, stream: ByteStream, length: number): Promise<Content> {
    const start = this.#size;
    this.#append(head);
    for (let left = length; left > 0;) {
      const piece = await stream.some(left);
      if (piece.length === 0) break;
      this.#append(piece);
      left -= piece.length;
    }
    return new ContentSlice(this, start, this.#size - start);
  }

  /** The same for all bytes that come. */
  async addAll(pieces: AsyncIterable<Buffer>): Promise<Content> {
    const start = this.#size;
    for await (const piece of pieces) this.#append(piece);
    return new ContentSlice(this, start, this.#size - start);
  }

  read(into: Buffer, at: number, length: number, position: number): number {
    return this.#file === undefined ? 0 : readSync(this.#file, into, at, length, position);
  }

  /** Nobody else has a name for it. */
  isChanged(): boolean {
    return false;
  }

  /** May be called twice. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #append(bytes: Buffer): void {
    if (this.#size + bytes.length > this.limit) {
      throw new ArchiveError(`more than ${this.limit} bytes of it would have to be on disk`, [
        "Unpack it, and check the folders.",
      ]);
    }
    this.#file ??= openNameless();
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, this.#size + done);
      }
    } catch (error) {
      throw unusable(error);
    }
    this.#size += bytes.length;
  }
}

function openNameless(): number {
  try {
    const folder = mkdtempSync(join(tmpdir(), "plugins-"));
    const file = join(folder, "content");
    try {
      const open = openSync(file, "wx+", 0o600);
      unlinkSync(file);
      return open;
    } finally {
      rmdirSync(folder);
    }
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(error: unknown): ArchiveError {
  const code = fileErrorCode(error);
  if (code === undefined) throw error;
  const why =
    code === "ENOSPC" || code === "EDQUOT"
      ? "is full"
      : code === "ENOENT" || code === "ENOTDIR"
        ? "does not exist"
        : "cannot be written to";
  return new ArchiveError(`the temporary folder ${tmpdir()} ${why} (${code})`, [
    "Set TMPDIR to a folder with more room.",
  ]);
}
