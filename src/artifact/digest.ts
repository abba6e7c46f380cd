import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Files } from "../files/files.ts";
import { Image } from "../object/image.ts";
import type { OpenedArtifact } from "./artifact.ts";
import { unreadable, type Unreadable } from "./unreadable.ts";

/** How much of a file is in memory at once, in bytes. */
const CHUNK = 1024 * 1024;

/** A file's content, as a lock names it. */
export interface Digest {
  readonly kind: "digest";
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
  /** In bytes, as they were read. */
  readonly size: number;
}

/** Reads a file once from end to end, a piece at a time. What makes it unreadable is returned. */
export async function digestOf(files: Files, path: string): Promise<Digest | Unreadable> {
  let image: Image | undefined;
  try {
    image = Image.open(files, path);
    return await digestOfImage(image);
  } catch (error) {
    return unreadable(path, null, error);
  } finally {
    image?.close();
  }
}

/** The same for a plugin that is open. */
export async function digestOfOpened({ file, content }: OpenedArtifact): Promise<Digest | Unreadable> {
  return content.kind === "open" ? digestOfImage(content.image) : unreadable(file.path, null, content.error);
}

/** Timers and signals get their turn between the pieces. */
async function digestOfImage(image: Image): Promise<Digest | Unreadable> {
  const hash = createHash("sha256");
  try {
    for (let size = 0; size < image.size;) {
      if (size > 0) await setImmediate();
      const piece = image.read(size, Math.min(CHUNK, image.size - size), "content");
      hash.update(piece);
      size += piece.length;
    }
  } catch (error) {
    return unreadable(image.path, image.size, error);
  }
  return { kind: "digest", sha256: hash.digest("hex"), size: image.size };
}
