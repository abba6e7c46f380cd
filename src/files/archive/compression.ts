import { ArchiveError } from "./archive-error.ts";
import { piecesOf, PieceStream } from "./byte-stream.ts";
import type { Content } from "./content.ts";
import { gunzipped } from "./gzip.ts";
import type { Limits } from "./limits.ts";

export type Compression = "gzip" | "zstd";

/** How content is compressed, by how it begins. */
export function compressionOf(content: Content): Compression | undefined {
  const head = Buffer.alloc(4);
  content.read(head, 0, 4, 0);
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  const number = head.readUInt32LE();
  return number === 0xfd2fb528 || number >>> 4 === 0x184d2a5 ? "zstd" : undefined;
}

/**
 * What the content becomes. No more of it is in memory than one piece.
 * @throws ArchiveError while it is read: if it is broken, or becomes longer than the limits.
 */
export async function inflated(
  content: Content,
  compression: Compression,
  limits: Limits,
  watch: Watch,
): Promise<PieceStream> {
  const pieces = watched(piecesOf(content), watch.before);
  // The library for zstd is loaded only for what is compressed by it.
  const inflate = compression === "gzip" ? gunzipped : (await import("./zstd.ts")).unzstd;
  const limit = content.size * limits.ratio + limits.inflated;
  return new PieceStream(watched(bounded(inflate(pieces), limit), watch.after));
}

/** Is given the compressed bytes as they are read, and what they become. */
interface Watch {
  readonly before: (piece: Buffer) => void;
  readonly after: (piece: Buffer) => void;
}

async function* watched(
  pieces: AsyncIterable<Buffer>,
  watch: (piece: Buffer) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const piece of pieces) {
    watch(piece);
    yield piece;
  }
}

async function* bounded(
  pieces: AsyncIterable<Buffer>,
  limit: number,
): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) {
      throw new ArchiveError(`its compressed data becomes longer than ${limit} bytes, as a bomb's does`);
    }
    yield piece;
  }
}
