import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { FormatError } from "./format-error.ts";

/** Small reads are widened to this many bytes and kept, so that neighbouring tables cost one read. */
const BLOCK = 2048;

/** How many widened blocks are kept. */
const BLOCKS_KEPT = 32;

/** What a file's bytes can be read from: a whole file, or one slice of a universal file. */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /** Where byte 0 lies in the file on disk; not 0 only in a slice. */
  readonly origin: number;
  /**
   * The `length` bytes from `offset`, in a buffer of their own that the caller may keep.
   * @param what names the structure for the error message: "section header table".
   * @throws FormatError when they are not all inside the source, before anything is allocated.
   */
  read(offset: number | bigint, length: number | bigint, what: string): Buffer;
}

/**
 * A file read in bounded, positioned reads and never as a whole. Opening never blocks (a FIFO is refused) and
 * never changes the file.
 */
export class Image implements ByteSource {
  readonly origin = 0;
  /** Bytes that were asked of the operating system so far. */
  bytesRead = 0;
  readonly #blocks = new Map<number, Buffer>();
  #fd: number | undefined;

  private constructor(
    readonly path: string,
    fd: number,
    /** Length of the file in bytes when it was opened. */
    readonly size: number,
  ) {
    this.#fd = fd;
  }

  /**
   * @throws NodeJS.ErrnoException as `open(2)` fails: ENOENT, EACCES, ELOOP, …
   * @throws NotAFileError for a folder, FIFO, socket or device.
   */
  static open(path: string): Image {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile()) throw new NotAFileError(kindOf(stat));
      return new Image(path, fd, stat.size);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const [start, count] = boundsOf(this, offset, length, what);
    if (count > BLOCK) return this.#readExactly(start, count, what);
    const out = Buffer.allocUnsafe(count);
    for (let done = 0; done < count;) {
      const at = start + done;
      const block = this.#block(at - (at % BLOCK), what);
      const from = at % BLOCK;
      done += block.copy(out, done, from, Math.min(block.length, from + count - done));
    }
    return out;
  }

  /** Closes the file; reading afterwards is a bug. Closing twice is not. */
  close(): void {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
    this.#blocks.clear();
  }

  #block(start: number, what: string): Buffer {
    const kept = this.#blocks.get(start);
    if (kept !== undefined) return kept;
    const block = this.#readExactly(start, Math.min(BLOCK, this.size - start), what);
    if (this.#blocks.size >= BLOCKS_KEPT) {
      const [oldest] = this.#blocks.keys();
      if (oldest !== undefined) this.#blocks.delete(oldest);
    }
    this.#blocks.set(start, block);
    return block;
  }

  #readExactly(start: number, count: number, what: string): Buffer {
    if (this.#fd === undefined) throw new Error(`${this.path}: read after close`);
    const out = Buffer.allocUnsafe(count);
    for (let done = 0; done < count;) {
      const got = readSync(this.#fd, out, done, count - done, start + done);
      if (got === 0) {
        throw new FormatError({
          what: `file became shorter while ${what} was read`,
          offset: start + done,
          expected: `${count - done} more bytes`,
        });
      }
      done += got;
      this.bytesRead += got;
    }
    return out;
  }
}

/** One slice of a universal file, seen as a file of its own. */
export class Slice implements ByteSource {
  readonly origin: number;

  /** @throws FormatError when the slice is not all inside `parent`. */
  constructor(
    private readonly parent: ByteSource,
    private readonly offset: number,
    readonly size: number,
  ) {
    boundsOf(parent, offset, size, "slice");
    this.origin = parent.origin + offset;
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const [start, count] = boundsOf(this, offset, length, what);
    return this.parent.read(this.offset + start, count, what);
  }
}

/** The path names something that is no regular file. */
export class NotAFileError extends Error {
  override readonly name = "NotAFileError";
  constructor(
    /** "a folder", "a FIFO", "a socket", "a device". */
    readonly kind: string,
  ) {
    super(`is ${kind}, not a file`);
  }
}

/** A 64-bit field is a number only once it is known to lie inside the file. */
function boundsOf(
  source: ByteSource,
  offset: number | bigint,
  length: number | bigint,
  what: string,
): [number, number] {
  const start = BigInt(offset);
  const count = BigInt(length);
  if (start < 0n || count < 0n || start + count > BigInt(source.size)) {
    throw new FormatError({
      what: `${what} is cut off or points outside the file`,
      offset: source.origin + (start >= 0n && start <= BigInt(source.size) ? Number(start) : 0),
      found: `0x${count.toString(16)} bytes at 0x${start.toString(16)}`,
      expected: `a place inside 0x${source.size.toString(16)} bytes`,
    });
  }
  return [Number(start), Number(count)];
}

function kindOf(stat: ReturnType<typeof fstatSync>): string {
  if (stat.isDirectory()) return "a folder";
  if (stat.isFIFO()) return "a FIFO";
  if (stat.isSocket()) return "a socket";
  return "a device";
}
