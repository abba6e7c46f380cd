import type { FileKind, Files, OpenFile } from "../files/files.ts";
import { FormatError } from "./format-error.ts";

/** Small reads are widened to whole blocks of this many bytes, so that neighbouring tables cost one read. */
const BLOCK = 2048;

/** A widened read takes so many bytes at least: what is wanted next most often lies behind. */
const LEAST = 2 * BLOCK;

/** Longer reads, in bytes, are neither widened nor kept. */
const WIDENED = 2 * BLOCK;

/** Bytes that one widened read can take: a part may begin in one block and end in another. */
const WINDOW = WIDENED + BLOCK;

/** How many tables are kept: a file has some ten. */
const TABLES_KEPT = 16;

/** How many widened reads are kept. */
const WINDOWS_KEPT = 16;

/** Memory of files that were closed, for those that are opened next; a window's bytes are copied before they are handed out. */
const spare: Buffer[] = [];

/** Bytes of the file from `start` up to `end`, at the beginning of `bytes`. */
interface Window {
  readonly start: number;
  readonly end: number;
  readonly bytes: Buffer;
}

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
  /**
   * The same for a table that several readers of one file want whole: it is read once while the file is open, and all of them get the
   * same bytes, which nobody may change. A source without it reads it again each time.
   */
  table?(offset: number | bigint, length: number | bigint, what: string): Buffer;
  /**
   * Reads `length` bytes from `offset` to the beginning of a buffer that is used again and again, for what is only looked through. A source
   * without it hands out a buffer each time.
   */
  fill?(out: Buffer, offset: number, length: number, what: string): void;
}

/**
 * A file read in bounded, positioned reads and never as a whole. Opening never blocks (a FIFO is refused) and
 * never changes the file.
 */
export class Image implements ByteSource {
  readonly origin = 0;
  /** Bytes that were asked of the operating system so far. */
  bytesRead = 0;
  /** The latest last. */
  readonly #windows: Window[] = [];
  readonly #tables: Window[] = [];
  /** Length of the file in bytes when it was opened. */
  readonly size: number;
  #file: OpenFile | undefined;

  private constructor(
    readonly path: string,
    file: OpenFile,
  ) {
    this.#file = file;
    this.size = file.size;
  }

  /**
   * @throws as the file system's `open` fails: ENOENT, EACCES, ELOOP, …
   * @throws NotAFileError for a folder, FIFO, socket or device.
   */
  static open(files: Files, path: string): Image {
    const file = files.open(path);
    if (file.kind === "file") return new Image(path, file);
    file.close();
    throw new NotAFileError(file.kind);
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const start = startInside(this, offset, length, what);
    const count = Number(length);
    if (count === 0) return Buffer.alloc(0);
    if (count <= WIDENED) {
      const window = this.#window(start, start + count, what);
      return copyOf(window.bytes, start - window.start, count);
    }
    const out = Buffer.allocUnsafe(count);
    this.#fill(out, start, count, what);
    return out;
  }

  fill(out: Buffer, offset: number, length: number, what: string): void {
    this.#fill(out, startInside(this, offset, length, what), length, what);
  }

  table(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const start = startInside(this, offset, length, what);
    const end = start + Number(length);
    const kept = this.#tables.find((each) => each.start === start && each.end === end);
    if (kept !== undefined) return kept.bytes;
    const bytes = this.read(start, length, what);
    if (this.#tables.length >= TABLES_KEPT) this.#tables.shift();
    this.#tables.push({ start, end, bytes });
    return bytes;
  }

  /** Whether the file was written to since it was opened: then what was read of it may be of two files. */
  isChanged(): boolean {
    return this.#file?.isChanged() ?? false;
  }

  /** Closes the file; reading afterwards is a bug. Closing twice is not. */
  close(): void {
    if (this.#file === undefined) return;
    this.#file.close();
    this.#file = undefined;
    while (spare.length < WINDOWS_KEPT) {
      const window = this.#windows.pop();
      if (window === undefined) break;
      spare.push(window.bytes);
    }
    this.#windows.length = 0;
    this.#tables.length = 0;
  }

  #window(from: number, to: number, what: string): Window {
    for (let at = this.#windows.length - 1; at >= 0; at--) {
      const window = this.#windows[at];
      if (window !== undefined && window.start <= from && to <= window.end) return window;
    }
    const start = from - (from % BLOCK);
    const end = Math.min(Math.max(Math.ceil(to / BLOCK) * BLOCK, start + LEAST), this.size);
    const oldest = this.#windows.length >= WINDOWS_KEPT ? this.#windows.shift() : undefined;
    const bytes = oldest?.bytes ?? spare.pop() ?? Buffer.allocUnsafeSlow(WINDOW);
    this.#fill(bytes, start, end - start, what);
    const window = { start, end, bytes };
    this.#windows.push(window);
    return window;
  }

  /** Reads `count` bytes from `start` on to the beginning of `out`. */
  #fill(out: Buffer, start: number, count: number, what: string): void {
    if (this.#file === undefined) throw new Error(`${this.path}: read after close`);
    for (let done = 0; done < count;) {
      const got = this.#file.read(out, done, count - done, start + done);
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
  }
}

/** Arrays up to this length, in bytes, V8 keeps inside their objects: to make one so costs less than to take it of a pool. */
const SMALL = 64;

function copyOf(bytes: Buffer, from: number, count: number): Buffer {
  if (count <= SMALL) {
    // Of a Buffer it makes a Buffer, by Symbol.species.
    const small = Uint8Array.prototype.slice.call(bytes, from, from + count);
    if (Buffer.isBuffer(small)) return small;
  }
  const out = Buffer.allocUnsafe(count);
  bytes.copy(out, 0, from, from + count);
  return out;
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
    startInside(parent, offset, size, "slice");
    this.origin = parent.origin + offset;
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    return this.parent.read(this.offset + startInside(this, offset, length, what), length, what);
  }

  fill(out: Buffer, offset: number, length: number, what: string): void {
    const start = this.offset + startInside(this, offset, length, what);
    if (this.parent.fill === undefined) this.parent.read(start, length, what).copy(out);
    else this.parent.fill(out, start, length, what);
  }

  table(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const start = this.offset + startInside(this, offset, length, what);
    return this.parent.table?.(start, length, what) ?? this.parent.read(start, length, what);
  }
}

/** The path names something that is not a regular file. */
export class NotAFileError extends Error {
  override readonly name = "NotAFileError";
  constructor(readonly kind: Exclude<FileKind, "file">) {
    super(`is ${kind === "fifo" ? "a FIFO" : `a ${kind}`}, not a file`);
  }
}

/** The file was written to while it was read. */
export class ChangedFileError extends Error {
  override readonly name = "ChangedFileError";
  constructor() {
    super("was written to while it was read");
  }
}

/**
 * A 64-bit field is a number only once it is known to lie inside the file.
 * @returns `offset` as a number; `length` is one then too.
 */
function startInside(
  source: ByteSource,
  offset: number | bigint,
  length: number | bigint,
  what: string,
): number {
  if (typeof offset === "number" && typeof length === "number") {
    // BigInt throws on numbers that are not whole, NaN among them.
    const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
    if (whole && offset >= 0 && length >= 0 && length <= source.size - offset) return offset;
  }
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
  return Number(start);
}
