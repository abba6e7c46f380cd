import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { disk } from "../../files/disk.ts";
import { fileErrorCode, readSmallFile } from "../../files/files.ts";
import { manifestLimit } from "../../manifest/content.ts";

/** A manifest as it was given. */
export interface ManifestBytes {
  /** For messages: a path, or "stdin". */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The manifest from a file, or from stdin if the path is `-`. One byte more than is allowed may come of stdin, so that it is noticed.
 * @param flag the one that gave the path.
 * @throws UsageError if it cannot be read, or is too long.
 */
export async function manifestBytes(path: string, flag: string): Promise<ManifestBytes> {
  if (path === "-") return { name: "stdin", bytes: await fromStdin() };
  try {
    const bytes = readSmallFile(disk, path, manifestLimit);
    if (bytes !== undefined) return { name: path, bytes };
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    throw new UsageError(
      "file-unreadable",
      `${path}: ${unreadableText(unreadable(path, null, error), "the manifest")}`,
    );
  }
  const { kind, size } = disk.stat(path);
  throw kind === "file"
    ? new UsageError(
        "manifest-invalid",
        `${path}: the manifest is ${size} bytes, more than the limit of ${manifestLimit}`,
      )
    : new UsageError("file-unreadable", `${path}: the manifest is not a file`, [
        `From a pipe, pass \`${flag} -\`.`,
      ]);
}

async function fromStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    // All of it is read, so that the program that writes into the pipe is not cut off.
    if (length <= manifestLimit) chunks.push(chunk.subarray(0, manifestLimit + 1 - length));
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}
