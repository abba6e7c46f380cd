import { Readable } from "node:stream";
import { constants, crc32, inflateRawSync } from "node:zlib";
import yauzl, { RandomAccessReader, type Entry, type ZipFile } from "yauzl";
import { fileErrorCode } from "../files.ts";
import { ArchiveError } from "./archive-error.ts";
import { piecesOf, PieceStream } from "./byte-stream.ts";
import { ContentSlice, wholeContent, type Content } from "./content.ts";
import { longestPath, type Limits } from "./limits.ts";
import type { TemporaryStore } from "./temporary-store.ts";
import type { Tree } from "./tree.ts";
import { isLibraryLike, isWanted, type Wanted } from "./wanted.ts";

/**
 * Puts the entries of a ZIP archive into a tree. What is stored is read in place; of what is deflated, only what is wanted is kept.
 * @throws ArchiveError if it is broken, or if programs would unpack it differently.
 */
export async function readZip(
  content: Content,
  tree: Tree,
  store: TemporaryStore,
  wanted: readonly Wanted[],
  limits: Limits,
): Promise<void> {
  try {
    await new ZipReader(content, tree, store, wanted, limits).read();
  } catch (error) {
    if (error instanceof ArchiveError || !(error instanceof Error)) throw error;
    // What yauzl says of broken archives has no class of its own, nor has what Node says of numbers that it takes from them.
    if (fileErrorCode(error) !== undefined) throw error;
    throw new ArchiveError(`its ZIP data is broken: ${error.message}`);
  }
}

/** Of POSIX, in the upper half of the external attributes. */
const typeMask = 0o170000;
const types: Readonly<Record<number, "link" | "fifo" | "device" | "socket">> = {
  0o120000: "link",
  0o010000: "fifo",
  0o020000: "device",
  0o060000: "device",
  0o140000: "socket",
};

/** Bytes of an entry's data that tell how most files begin: longer than a table of Huffman codes. */
const quickLength = 512;

class ZipReader {
  readonly #names = new Set<string>();
  #inflated = 0;

  constructor(
    private readonly content: Content,
    private readonly tree: Tree,
    private readonly store: TemporaryStore,
    private readonly wanted: readonly Wanted[],
    private readonly limits: Limits,
  ) {}

  async read(): Promise<void> {
    const zip = await yauzl.fromRandomAccessReaderPromise(
      new ContentReader(this.content),
      this.content.size,
      {
        lazyEntries: true,
        autoClose: false,
      },
    );
    if (zip.entryCount > this.limits.entries) {
      throw new ArchiveError(`it has more than ${this.limits.entries} entries`);
    }
    for await (const entry of zip.eachEntry()) await this.#place(zip, entry);
  }

  async #place(zip: ZipFile, entry: Entry): Promise<void> {
    const { fileName: name } = entry;
    const isFolder = name.endsWith("/");
    const parts = this.tree.partsOf(name);
    const path = `/${parts.join("/")}`;
    if (this.#names.has(path) && !isFolder) {
      throw new ArchiveError(
        `it has two entries ${JSON.stringify(name)}, of which programs take different ones`,
      );
    }
    this.#names.add(path);
    const last = parts.at(-1);
    if (last === undefined) return;
    const { folder, path: place } = this.tree.folderFor(parts.slice(0, -1), 0, name);
    const isUnix = [3, 19].includes(entry.versionMadeBy >> 8);
    const type = isUnix ? types[(entry.externalFileAttributes >>> 16) & typeMask] : undefined;
    if (isFolder) this.tree.put(folder, last, { kind: "folder" }, 0);
    else if (type === "link") {
      const target = await this.#target(zip, entry);
      this.tree.put(folder, last, { kind: "link", target }, 0);
    } else if (type !== undefined) this.tree.put(folder, last, { kind: type }, 0);
    else {
      const origin = `${place}/${last}`;
      const kept = await this.#kept(zip, entry, origin);
      this.tree.put(folder, last, { kind: "file", size: entry.uncompressedSize, content: kept, origin }, 0);
    }
  }

  async #target(zip: ZipFile, entry: Entry): Promise<string> {
    if (entry.uncompressedSize > longestPath) {
      throw new ArchiveError(
        `the link ${JSON.stringify(entry.fileName)} is longer than ${longestPath} bytes`,
      );
    }
    const stream = await this.#open(zip, entry);
    const bytes = Buffer.from(await stream.read(longestPath + 1));
    await stream.close();
    compareCrc(entry, crc32(bytes));
    return bytes.toString("utf8");
  }

  async #kept(zip: ZipFile, entry: Entry, path: string): Promise<Content | undefined> {
    const size = entry.uncompressedSize;
    const isStored = entry.compressionMethod === 0 && !entry.isEncrypted();
    if (!isWanted(path, size, this.wanted)) {
      if (!entry.canDecodeFileData() || size < 4) return undefined;
      const head = (await this.#quickHead(zip, entry)) ?? (await this.#head(zip, entry));
      if (!isLibraryLike(path, head)) return undefined;
    }
    const local = await zip.readLocalFileHeaderPromise(entry);
    if (!local.fileName.equals(entry.fileNameRaw)) {
      throw new ArchiveError(
        `the entry ${JSON.stringify(entry.fileName)} is called ${JSON.stringify(local.fileName.toString("utf8"))} in its own header`,
      );
    }
    let crc = 0;
    if (isStored) {
      if (entry.compressedSize !== size)
        throw new ArchiveError(`the size of ${JSON.stringify(entry.fileName)} is wrong`);
      const slice = new ContentSlice(this.content, local.fileDataStart, size);
      for await (const piece of piecesOf(slice)) crc = crc32(piece, crc);
      compareCrc(entry, crc);
      return slice;
    }
    const stream = await this.#open(zip, entry);
    const content = await this.store.addAll(
      (async function* () {
        for (let piece = await stream.some(Infinity); piece.length > 0; piece = await stream.some(Infinity)) {
          crc = crc32(piece, crc);
          yield piece;
        }
      })(),
    );
    compareCrc(entry, crc);
    return content;
  }

  /** How a file begins: four bytes of it. */
  async #head(zip: ZipFile, entry: Entry): Promise<Buffer> {
    const stream = await this.#open(zip, entry);
    const head = Buffer.from(await stream.read(4));
    await stream.close();
    return head;
  }

  /** The same without a stream, which takes ten times as long; undefined if the first bytes of its data do not tell. */
  async #quickHead(zip: ZipFile, entry: Entry): Promise<Buffer | undefined> {
    if (entry.isEncrypted()) return undefined;
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry);
    const length = Math.min(entry.compressedSize, quickLength);
    const slice = new ContentSlice(this.content, fileDataStart, length);
    const bytes = wholeContent(slice, quickLength, JSON.stringify(entry.fileName));
    if (entry.compressionMethod === 0) return bytes;
    let inflated: Buffer;
    try {
      inflated = inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    } catch {
      return undefined;
    }
    this.#count(inflated.length);
    return inflated.length < 4 ? undefined : inflated;
  }

  async #open(zip: ZipFile, entry: Entry): Promise<PieceStream> {
    if (entry.isEncrypted()) throw new ArchiveError(`${JSON.stringify(entry.fileName)} is encrypted`);
    if (!entry.canDecodeFileData()) {
      throw new ArchiveError(
        `${JSON.stringify(entry.fileName)} is compressed by method ${entry.compressionMethod}, which is not read`,
      );
    }
    const stream = await zip.openReadStreamPromise(entry);
    return new PieceStream(this.#counted(stream));
  }

  #count(length: number): void {
    const limit = this.content.size * this.limits.ratio + this.limits.inflated;
    this.#inflated += length;
    if (this.#inflated > limit) {
      throw new ArchiveError(`its compressed data becomes longer than ${limit} bytes, as a bomb's does`);
    }
  }

  async *#counted(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer, void, undefined> {
    for await (const piece of stream) {
      const bytes = piece as Buffer;
      this.#count(bytes.length);
      yield bytes;
    }
  }
}

function compareCrc({ fileName, crc32: said }: Entry, real: number): void {
  if (said !== real) throw new ArchiveError(`the checksum of ${JSON.stringify(fileName)} is wrong`);
}

/** How yauzl reads. */
class ContentReader extends RandomAccessReader {
  constructor(private readonly content: Content) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(new ContentSlice(this.content, start, end - start)), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    try {
      wholeContent(new ContentSlice(this.content, position, length), length, "it").copy(buffer, offset);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    callback(null);
  }
}
