import { createHash } from "node:crypto";
import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { CodeDirectory } from "./code-signature-directory.ts";

/** The image is read in pieces of this many bytes: a multiple of every page size. */
const chunkSize = 1024 * 1024;

/** Pages are named up to this many; beyond it they are only counted. */
const mostNamed = 16;

export interface PageCheck {
  /** Pages that are signed. */
  readonly pages: number;
  /** Those whose bytes are not the ones that were signed. */
  readonly changed: number;
  /** Their places in the image, in bytes: the first ones, in order. */
  readonly changedAt: readonly number[];
}

/**
 * Hashes every signed page and compares it with the signature, as the kernel does when it maps the page (xnu,
 * bsd/kern/ubc_subr.c, cs_validate_hash). Reads all of it, a piece at a time.
 * @param source the image: the file, or the slice.
 * @throws FormatError when more is signed than there is.
 */
export function checkPages(source: ByteSource, directory: CodeDirectory): PageCheck {
  const { codeLimit, hash, hashes } = directory;
  if (codeLimit > BigInt(source.size)) {
    throw new FormatError({
      what: "code signature covers more than the file",
      offset: source.origin,
      found: codeLimit,
      expected: `at most ${source.size}`,
    });
  }
  const end = Number(codeLimit);
  const pageSize = directory.pageSize === 0 ? Math.max(end, 1) : directory.pageSize;
  const changedAt: number[] = [];
  let pages = 0;
  let changed = 0;
  for (const { start, digest } of pageDigests(source, end, pageSize, hash.algorithm)) {
    const wanted = hashes.subarray(pages * hash.size, (pages + 1) * hash.size);
    pages++;
    if (digest.subarray(0, hash.size).equals(wanted)) continue;
    changed++;
    if (changedAt.length < mostNamed) changedAt.push(start);
  }
  return { pages, changed, changedAt };
}

function* pageDigests(
  source: ByteSource,
  end: number,
  pageSize: number,
  algorithm: string,
): Generator<{ start: number; digest: Buffer }> {
  let chunk: Buffer = Buffer.alloc(0);
  let chunkAt = 0;
  for (let start = 0; start < end; start += pageSize) {
    const hash = createHash(algorithm);
    const pageEnd = Math.min(start + pageSize, end);
    for (let at = start; at < pageEnd;) {
      if (at >= chunkAt + chunk.length) {
        chunkAt = at;
        chunk = source.read(at, Math.min(chunkSize, end - at), "signed pages");
      }
      const part = chunk.subarray(at - chunkAt, pageEnd - chunkAt);
      hash.update(part);
      at += part.length;
    }
    yield { start, digest: hash.digest() };
  }
}
