import { setImmediate } from "node:timers/promises";
import type { Content } from "./content.ts";

/** Bytes in their order, of which some are skipped. */
export interface ByteStream {
  /** Bytes that were read or skipped so far. */
  readonly position: number;
  /** The next `length` bytes, fewer only at the end. They stay as they are only until the next call. */
  read(length: number): Promise<Buffer>;
  /** Up to `most` bytes as they come, none at the end. They stay as they are only until the next call. */
  some(most: number): Promise<Buffer>;
  /** @returns how many bytes were skipped: fewer only at the end. */
  skip(length: number): Promise<number>;
}

/** Read at once, in bytes. What is skipped is read in smaller parts, as headers are. */
const CHUNK = 256 * 1024;
const WINDOW = 16 * 1024;

/** How long content is read in one go before timers and signals get their turn, in milliseconds. */
const turn = 50;

/** Content in its order; what is skipped is not read. */
export class ContentStream implements ByteStream {
  position = 0;
  readonly #window = Buffer.allocUnsafe(WINDOW);
  #start = 0;
  #end = 0;
  #since = performance.now();

  constructor(private readonly content: Content) {}

  async read(length: number): Promise<Buffer> {
    await this.#pause();
    const from = this.position;
    if (from < this.#start || from + length > this.#end) {
      if (length > WINDOW) return this.#direct(length);
      this.#start = from;
      this.#end = from + fill(this.content, this.#window, WINDOW, from);
    }
    const end = Math.min(from + length, this.#end);
    this.position = end;
    return this.#window.subarray(from - this.#start, end - this.#start);
  }

  async some(most: number): Promise<Buffer> {
    await this.#pause();
    return this.#direct(Math.min(most, CHUNK));
  }

  skip(length: number): Promise<number> {
    const count = Math.min(length, this.content.size - this.position);
    this.position += count;
    return Promise.resolve(count);
  }

  #direct(length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.content.size - this.position));
    const bytes = Buffer.allocUnsafe(wanted);
    const got = fill(this.content, bytes, wanted, this.position);
    this.position += got;
    return bytes.subarray(0, got);
  }

  async #pause(): Promise<void> {
    if (performance.now() - this.#since <= turn) return;
    await setImmediate();
    this.#since = performance.now();
  }
}

function fill(content: Content, into: Buffer, length: number, position: number): number {
  let done = 0;
  while (done < length) {
    const got = content.read(into, done, length - done, position + done);
    if (got === 0) break;
    done += got;
  }
  return done;
}

/** The content in pieces, for what takes it in its order. */
export async function* piecesOf(content: Content): AsyncGenerator<Buffer, void, undefined> {
  const stream = new ContentStream(content);
  for (let piece = await stream.some(CHUNK); piece.length > 0; piece = await stream.some(CHUNK)) yield piece;
}

/** What a decompressor gives, piece by piece. */
export class PieceStream implements ByteStream {
  position = 0;
  #left: Buffer = Buffer.alloc(0);
  readonly #pieces: AsyncIterator<Buffer>;

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  async read(length: number): Promise<Buffer> {
    if (this.#left.length >= length) return this.#taken(length);
    const parts: Buffer[] = [];
    let size = 0;
    while (size < length) {
      const part = await this.some(length - size);
      if (part.length === 0) break;
      parts.push(part);
      size += part.length;
    }
    return Buffer.concat(parts, size);
  }

  async some(most: number): Promise<Buffer> {
    while (this.#left.length === 0) {
      const next = await this.#pieces.next();
      if (next.done === true) return this.#left;
      this.#left = next.value;
    }
    return this.#taken(Math.min(most, this.#left.length));
  }

  async skip(length: number): Promise<number> {
    let left = length;
    while (left > 0) {
      const { length: got } = await this.some(left);
      if (got === 0) break;
      left -= got;
    }
    return length - left;
  }

  /** Ends it early. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #taken(length: number): Buffer {
    const taken = this.#left.subarray(0, length);
    this.#left = this.#left.subarray(length);
    this.position += length;
    return taken;
  }
}
