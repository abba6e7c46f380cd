import { join } from "node:path";
import { fileErrorCode, type Files, type OpenFile } from "../files.ts";
import { ArchiveError } from "./archive-error.ts";
import { archiveKind, type ArchiveKind } from "./archive-kind.ts";
import { withArchive } from "./archive-files.ts";
import { ContentStream, piecesOf, type ByteStream } from "./byte-stream.ts";
import { compressionOf, inflated } from "./compression.ts";
import { ContentSlice, type Content } from "./content.ts";
import { compareDigest, Digest } from "./digest.ts";
import type { ImageChoice } from "./image-choice.ts";
import { imageIn } from "./image.ts";
import type { Layer, Parts } from "./image-candidate.ts";
import { applyLayer, readTar, type ContentOf } from "./layer.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import type { TarEntry } from "./tar.ts";
import { TemporaryStore } from "./temporary-store.ts";
import { Tree } from "./tree.ts";
import { isLibraryLike, isWanted, notKept, type Wanted } from "./wanted.ts";

/** What an archive is opened for. */
export interface ArchiveRequest extends ImageChoice {
  readonly wanted: readonly Wanted[];
  readonly limits?: Limits | undefined;
}

/** An archive whose files can be read. */
export interface Archive {
  /** Whether it is a container image, or has what a root folder has: then its root is that of a system. */
  readonly isSystem: boolean;
  /** Whether it is a container image. */
  readonly isImage: boolean;
  /** The files that the archive is opened beside, with those of the archive below `PATH:/`. */
  readonly files: Files;
  /** Bytes in the temporary folder. */
  readonly stored: number;
  /** Frees what it holds. May be called twice. */
  close(): void;
}

/**
 * Opens an archive: a tar archive, also compressed by gzip or zstd, a ZIP archive, what `docker save` writes, an OCI archive, or a folder
 * with an OCI image layout. What is not compressed is read in place.
 * @throws ArchiveError if it is refused.
 * @throws as the file system does.
 */
export async function openArchive(files: Files, path: string, request: ArchiveRequest): Promise<Archive> {
  const kind = archiveKind(files, path);
  if (kind === undefined)
    throw new ArchiveError(isEmpty(files, path) ? "it is empty" : "it is not an archive");
  const source = kind === "layout" ? undefined : files.open(path);
  const first = new Reading(files, path, kind, source, request);
  let reading = first;
  try {
    await reading.read();
    const missing = notKept(reading.tree, request.wanted);
    if (missing.length > 0) {
      reading.close();
      reading = new Reading(files, path, kind, source, {
        ...request,
        wanted: [...request.wanted, ...missing.map((each) => ({ path: each, recursive: false }))],
      });
      await reading.read();
    }
  } catch (error) {
    reading.close();
    source?.close();
    throw error;
  }
  const { tree, store, isImage } = reading;
  let isOpen = true;
  return {
    isImage,
    isSystem: isImage || isRoot(tree) || hasLoader(tree),
    files: withArchive(files, { name: path, tree }),
    stored: store.size,
    close() {
      if (!isOpen) return;
      isOpen = false;
      reading.close();
      source?.close();
    },
  };
}

/** Whether it has nothing but the zeros that end a tar archive; they begin as no archive does. */
function isEmpty(files: Files, path: string): boolean {
  const file = files.open(path);
  try {
    const head = Buffer.alloc(1024);
    return (
      file.kind === "file" && head.subarray(0, file.read(head, 0, head.length, 0)).every((byte) => byte === 0)
    );
  } finally {
    file.close();
  }
}

/** What `docker export` and `podman export` always write, and what every distribution has. Even without a loader it is a system. */
const rootFiles = ["/.dockerenv", "/proc", "/etc/os-release", "/usr/lib/os-release"];

function isRoot(tree: Tree): boolean {
  return rootFiles.some((path) => tree.find(path) !== undefined);
}

/** Where Linux distributions and macOS have their loaders. */
const loaderFolders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

function hasLoader(tree: Tree): boolean {
  return loaderFolders.some((path) => {
    const node = tree.find(path);
    return (
      node?.kind === "folder" &&
      [...node.children.keys()].some((name) => /^(ld-(linux|musl)|ld64?\.so\.|dyld$)/.test(name))
    );
  });
}

/** One pass over an archive. */
class Reading {
  tree: Tree;
  readonly store: TemporaryStore;
  isImage = false;
  readonly #limits: Limits;
  readonly #wanted: readonly Wanted[];
  readonly #blobs: OpenFile[] = [];

  constructor(
    private readonly files: Files,
    private readonly path: string,
    private readonly kind: ArchiveKind,
    private readonly source: OpenFile | undefined,
    private readonly request: ArchiveRequest,
  ) {
    this.#limits = request.limits ?? defaultLimits;
    this.#wanted = request.wanted;
    this.tree = new Tree(this.#limits);
    this.store = new TemporaryStore(this.#limits.stored);
  }

  async read(): Promise<void> {
    const { source } = this;
    if (source === undefined) {
      await this.#readImage((part) => this.#blob(part));
      if (!this.isImage) throw new ArchiveError("it is not an OCI image layout");
      return;
    }
    if (this.kind === "zip") {
      const { readZip } = await import("./zip.ts");
      await readZip(source, this.tree, this.store, this.#wanted, this.#limits);
      return;
    }
    const outer = new Tree(this.#limits);
    await this.#readTar(
      source,
      undefined,
      (path, size) => isWanted(path, size, this.#wanted) || isImagePart(path),
      (stream, contentOf) => readTar(stream, outer, contentOf),
    );
    await this.#readImage((part) => {
      const node = outer.find(`/${part}`);
      return node?.kind === "file" ? node.content : undefined;
    });
    if (!this.isImage) this.tree = outer;
  }

  close(): void {
    for (const blob of this.#blobs.splice(0)) blob.close();
    this.store.close();
  }

  async #readImage(parts: Parts): Promise<void> {
    const image = imageIn(parts, this.request);
    if (image === undefined) return;
    this.isImage = true;
    for (const [at, layer] of image.layers.entries()) {
      try {
        await this.#readTar(
          layer.content,
          layer,
          (path, size) => isWanted(path, size, this.#wanted),
          (stream, contentOf) => applyLayer(stream, this.tree, at + 1, contentOf),
        );
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error;
        throw new ArchiveError(`layer ${at + 1} of ${image.layers.length}: ${error.message}`, error.hints);
      }
    }
  }

  /** @param layer whose digest is compared; undefined for what has none. */
  async #readTar(
    content: Content,
    layer: Layer | undefined,
    isKept: (path: string, size: number) => boolean,
    read: (stream: ByteStream, contentOf: ContentOf) => Promise<void>,
  ): Promise<void> {
    const compression = compressionOf(content);
    const digest = layer?.digest === undefined ? undefined : new Digest(layer.digest);
    if (compression === undefined) {
      await read(new ContentStream(content), ({ offset, size }) => new ContentSlice(content, offset, size));
      if (digest !== undefined) for await (const piece of piecesOf(content)) digest.add(piece);
    } else {
      let seen = 0;
      const stream = await inflated(content, compression, this.#limits, {
        before(piece) {
          if (layer?.digested === "content") digest?.add(piece);
          seen += piece.length;
        },
        after(piece) {
          if (layer?.digested === "inflated") digest?.add(piece);
        },
      });
      try {
        await read(stream, (entry, path) => this.#keep(entry, path, stream, isKept));
        // To the end, where its checksum is.
        await stream.skip(Infinity);
      } finally {
        await stream.close();
      }
      // What is behind the compressed data may not have been asked for.
      const rest = new ContentSlice(content, seen, content.size - seen);
      if (digest !== undefined && layer?.digested === "content")
        for await (const piece of piecesOf(rest)) digest.add(piece);
    }
    if (layer?.digest !== undefined && digest !== undefined) compareDigest(layer.digest, digest.end());
  }

  async #keep(
    { size }: TarEntry,
    path: string,
    stream: ByteStream,
    isKept: (path: string, size: number) => boolean,
  ): Promise<Content | undefined> {
    if (isKept(path, size)) return this.store.add(Buffer.alloc(0), stream, size);
    const head = Buffer.from(await stream.read(Math.min(4, size)));
    return isLibraryLike(path, head) ? this.store.add(head, stream, size - head.length) : undefined;
  }

  /** A file of the image layout in a folder. */
  #blob(part: string): Content | undefined {
    if (part.split("/").includes("..")) return undefined;
    try {
      const file = this.files.open(join(this.path, part));
      this.#blobs.push(file);
      return file.kind === "file" ? file : undefined;
    } catch (error) {
      if (fileErrorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }
}

/**
 * Whether a file of a compressed archive may be one of an image: of a layout, of `docker save`, of what crane and kaniko write
 * (`sha256:…`), or Bazel (`blobs/sha256/….tar.gz`).
 */
function isImagePart(path: string): boolean {
  return /^\/(oci-layout|[^/]+\.json|(blobs\/)?sha(256|512)[:/][0-9a-f]+(\.tar(\.gz)?)?|[0-9a-f]{64}(\/layer\.tar|\.tar(\.gz)?))$/.test(
    path,
  );
}
