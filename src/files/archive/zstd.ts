import { Decompress } from "fzstd";
import { ArchiveError } from "./archive-error.ts";
import { PieceStream } from "./byte-stream.ts";

/** A frame may ask for no more memory than `zstd -d` gives it without `--long` (RFC 8878, 3.1.1.1.2: window size), in bytes. */
const largestWindow = 128 * 2 ** 20;

/** RFC 8878, 3.1.1.2.4: a block is no longer than this. */
const longestBlock = 128 * 1024;

/**
 * What zstd-compressed bytes become (RFC 8878), all frames. The frames are taken apart here and each is handed to fzstd block by block,
 * since it would set aside what a header asks for, and go one call deeper for each frame. The frames' own checksums, which are
 * optional, are not compared: an image's digests and a tar's header checksums are.
 * @throws ArchiveError if they are broken.
 */
export async function* unzstd(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const stream = new PieceStream(pieces);
  try {
    for (;;) {
      const magic = await stream.read(4);
      if (magic.length === 0) return;
      const number = magic.length === 4 ? magic.readUInt32LE() : 0;
      if (number >>> 4 === 0x184d2a5) await skipFrame(stream);
      else if (number === 0xfd2fb528) yield* frame(stream);
      else throw broken("a frame does not begin as one");
    }
  } finally {
    await stream.close();
  }
}

async function skipFrame(stream: PieceStream): Promise<void> {
  const length = (await exactly(stream, 4)).readUInt32LE();
  if ((await stream.skip(length)) < length) throw broken("it is cut off");
}

async function* frame(stream: PieceStream): AsyncGenerator<Buffer, void, undefined> {
  const { bytes, hasChecksum } = await header(stream);
  let out: Buffer[] = [];
  const decoder = new Decompress((piece) => {
    if (piece.length > 0) out.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
  });
  let input = bytes;
  for (let isLast = false; !isLast;) {
    const start = Buffer.from(await exactly(stream, 3));
    const fields = start.readUIntLE(0, 3);
    isLast = (fields & 1) === 1;
    const type = (fields >> 1) & 3;
    const size = fields >> 3;
    if (type === 3 || size > longestBlock) throw broken("a block's header is not valid");
    // Of one byte that is repeated, `size` is how often.
    const block = Buffer.from(await exactly(stream, type === 1 ? 1 : size));
    const end = isLast && hasChecksum ? Buffer.from(await exactly(stream, 4)) : Buffer.alloc(0);
    push(decoder, Buffer.concat([input, start, block, end]), isLast);
    input = Buffer.alloc(0);
    const ready = out;
    out = [];
    for (const piece of ready) yield piece;
  }
}

/** RFC 8878, 3.1.1.1: the frame's header, with its magic number. */
async function header(
  stream: PieceStream,
): Promise<{ readonly bytes: Buffer; readonly hasChecksum: boolean }> {
  const descriptor = Buffer.from(await exactly(stream, 1));
  const flags = descriptor.readUInt8();
  const isSingle = (flags & 0x20) !== 0;
  if ((flags & 3) !== 0) throw broken("it needs a dictionary");
  const window = isSingle ? Buffer.alloc(0) : Buffer.from(await exactly(stream, 1));
  const sizeField = flags >> 6;
  const sizeLength = sizeField === 0 ? (isSingle ? 1 : 0) : 1 << sizeField;
  const size = Buffer.from(await exactly(stream, sizeLength));
  const wanted = isSingle ? contentSize(size) : windowSize(window.readUInt8());
  if (wanted > largestWindow) {
    throw broken(`a frame needs ${wanted} bytes of memory, more than the limit of ${largestWindow}`);
  }
  const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
  return { bytes: Buffer.concat([magic, descriptor, window, size]), hasChecksum: (flags & 4) !== 0 };
}

function contentSize(field: Buffer): number {
  switch (field.length) {
    case 1:
      return field.readUInt8();
    case 2:
      return field.readUInt16LE() + 256;
    case 4:
      return field.readUInt32LE();
    default:
      return Number(field.readBigUInt64LE());
  }
}

function windowSize(field: number): number {
  const base = 2 ** (10 + (field >> 3));
  return base + (base / 8) * (field & 7);
}

function push(decoder: Decompress, bytes: Buffer, isLast: boolean): void {
  try {
    decoder.push(bytes, isLast);
  } catch (error) {
    // Besides its own errors, what broken data makes it do: a RangeError, a TypeError.
    throw broken(error instanceof Error ? error.message : String(error));
  }
}

async function exactly(stream: PieceStream, length: number): Promise<Buffer> {
  const bytes = await stream.read(length);
  if (bytes.length < length) throw broken("it is cut off");
  return bytes;
}

function broken(why: string): ArchiveError {
  return new ArchiveError(`its zstd data is broken: ${why}`);
}
