import * as zlib from "node:zlib";
import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { Section } from "../object-file.ts";
import { ELFCOMPRESS_ZLIB, ELFCOMPRESS_ZSTD } from "./constants.ts";
import type { Encoding } from "./encoding.ts";

/** Bytes a compressed section may be longer than its content, beside an eighth of it: the stream's own frame. */
const FRAME = 4096;

/** Node offers zstd from 22.15 on. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: typeof zlib.inflateSync };

/**
 * A section's bytes, inflated if it is SHF_COMPRESSED.
 * @param limit the most bytes wanted; a longer section is an error, not cut.
 */
export function readContent(source: ByteSource, encoding: Encoding, section: Section, limit: number): Buffer {
  const what = `section ${section.name}`;
  if (section.zeroFill) {
    throw new FormatError({
      what: `${what} has no bytes in the file`,
      offset: source.origin,
      expected: "a section with content",
    });
  }
  if (section.compressed) return inflate(source, encoding, section, limit);
  checkLength(source, section, BigInt(section.size), limit);
  return source.read(section.offset, section.size, what);
}

/** A piece of a section, and what stands around it. */
export interface SectionPiece {
  /** Of use until the next piece is asked for. */
  readonly bytes: Buffer;
  /** Where in `bytes` the piece begins and ends; what is before and behind are up to 4 KiB of its neighbors. */
  readonly from: number;
  readonly to: number;
}

const PIECE = 2 ** 18;
const AROUND = 2 ** 12;
const pieces = Buffer.allocUnsafeSlow(PIECE + 2 * AROUND);

/**
 * A section's bytes from the beginning on, a piece at a time, for what is only looked through; a compressed one in one piece.
 * @param limit the most bytes wanted; a longer section is an error, not cut.
 */
export function* readPieces(
  source: ByteSource,
  encoding: Encoding,
  section: Section,
  limit: number,
): Generator<SectionPiece, void, undefined> {
  if (section.zeroFill || section.compressed || source.fill === undefined) {
    const bytes = readContent(source, encoding, section, limit);
    yield { bytes, from: 0, to: bytes.length };
    return;
  }
  checkLength(source, section, BigInt(section.size), limit);
  const size = Number(section.size);
  for (let start = 0; start < size; start += PIECE) {
    const before = Math.min(start, AROUND);
    const length = Math.min(PIECE, size - start);
    const all = Math.min(before + length + AROUND, before + size - start);
    source.fill(pieces, Number(section.offset) + start - before, all, `section ${section.name}`);
    yield { bytes: pieces.subarray(0, all), from: before, to: before + length };
  }
}

/** Layout of Elf32_Chdr and Elf64_Chdr (gABI 4, "Section Compression"): ch_type, in 64 bits ch_reserved, ch_size, ch_addralign. */
function inflate(source: ByteSource, encoding: Encoding, section: Section, limit: number): Buffer {
  const what = `section ${section.name}`;
  const headerSize = encoding.bits === 64 ? 24 : 12;
  const stored = BigInt(section.size) - BigInt(headerSize);
  const header = source.read(
    section.offset,
    stored < 0n ? section.size : headerSize,
    `compression header of ${what}`,
  );
  const offset = source.origin + Number(section.offset);
  if (stored < 0n) {
    throw new FormatError({
      what: `compression header of ${what} is cut off`,
      offset,
      found: section.size,
      expected: `${headerSize} bytes`,
    });
  }
  const type = encoding.u32(header, 0);
  const size = encoding.word(header, encoding.bits === 64 ? 8 : 4);
  checkLength(source, section, size, limit);
  const decompress = decompressor(type, what, offset);
  if (stored > size + size / 8n + BigInt(FRAME)) {
    throw new FormatError({
      what: `${what} is longer compressed than not`,
      offset,
      found: stored,
      expected: `about ${size} bytes`,
    });
  }
  const packed = source.read(BigInt(section.offset) + BigInt(headerSize), stored, what);
  const plain = tryInflate(
    () => decompress(packed, { maxOutputLength: Math.max(1, Number(size)) }),
    what,
    offset,
  );
  if (BigInt(plain.length) !== size) {
    throw new FormatError({
      what: `${what} does not inflate to its size`,
      offset,
      found: plain.length,
      expected: `${size} bytes`,
    });
  }
  return plain;
}

function decompressor(type: number, what: string, offset: number): typeof zlib.inflateSync {
  if (type === ELFCOMPRESS_ZLIB) return zlib.inflateSync;
  if (type === ELFCOMPRESS_ZSTD && zstdDecompressSync !== undefined) return zstdDecompressSync;
  throw new FormatError({
    what:
      type === ELFCOMPRESS_ZSTD
        ? `${what} is compressed with zstd, which is not supported`
        : `${what} is compressed in an unknown way`,
    offset,
    found: type,
    expected: "1 (zlib)",
  });
}

/** zlib throws plain errors on broken data and on output longer than `maxOutputLength`. */
function tryInflate(run: () => Buffer, what: string, offset: number): Buffer {
  try {
    return run();
  } catch (error) {
    const found = error instanceof Error && "code" in error ? String(error.code) : undefined;
    throw new FormatError({
      what: `${what} cannot be inflated`,
      offset,
      found,
      expected: "a sound stream of the announced size",
    });
  }
}

function checkLength(source: ByteSource, section: Section, size: bigint, limit: number): void {
  if (size <= BigInt(limit)) return;
  const inside = BigInt(section.offset) <= BigInt(source.size);
  throw new FormatError({
    what: `section ${section.name} is too long`,
    offset: source.origin + (inside ? Number(section.offset) : 0),
    found: `${size} bytes`,
    expected: `at most ${limit}`,
  });
}
