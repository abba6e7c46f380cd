import { join } from "node:path";
import { readSmallFile, type Files } from "../files.ts";
import { isHeader } from "./tar.ts";

export type ArchiveKind = "tar" | "gzip" | "zstd" | "zip" | "layout";

/** What kind of archive a file is, by how it begins, or a folder, by whether it has an image layout; undefined for all else. */
export function archiveKind(files: Files, path: string): ArchiveKind | undefined {
  try {
    const { kind } = files.stat(path);
    if (kind === "folder") return isLayout(files, path) ? "layout" : undefined;
    return kind === "file" ? kindOfFile(files, path) : undefined;
  } catch {
    // What cannot be read is reported where it is used.
    return undefined;
  }
}

function isLayout(files: Files, path: string): boolean {
  const layout = readSmallFile(files, join(path, "oci-layout"), 4096);
  return (
    layout?.includes("imageLayoutVersion") === true && files.stat(join(path, "index.json")).kind === "file"
  );
}

function kindOfFile(files: Files, path: string): ArchiveKind | undefined {
  const file = files.open(path);
  try {
    const head = Buffer.alloc(512);
    const length = file.read(head, 0, head.length, 0);
    return kindOfHead(head.subarray(0, length));
  } finally {
    file.close();
  }
}

function kindOfHead(head: Buffer): ArchiveKind | undefined {
  const start = head.length < 4 ? 0 : head.readUInt32BE();
  if (start >>> 16 === 0x1f8b) return "gzip";
  // A frame, or one that is to be skipped.
  if (start === 0x28b52ffd || (start & 0xf0ffffff) >>> 0 === 0x502a4d18) return "zstd";
  // An entry, or an archive that has none.
  if (start === 0x504b0304 || start === 0x504b0506) return "zip";
  return isHeader(head) || head.toString("latin1", 257, 262) === "ustar" ? "tar" : undefined;
}
