import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ArchiveError } from "./archive-error.ts";

/** What gzip-compressed bytes become (RFC 1952), all members, checksums compared. @throws ArchiveError if they are broken. */
export async function* gunzipped(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  // An error in either is thrown by the loop below.
  pipeline(Readable.from(pieces, { objectMode: false }), gunzip, () => undefined);
  try {
    for await (const piece of gunzip) yield piece as Buffer;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("Z_")) throw error;
    throw new ArchiveError(`its gzip data is broken: ${error.message}`);
  } finally {
    gunzip.destroy();
  }
}
