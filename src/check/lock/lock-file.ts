import { fileErrorCode, type Files } from "../../files/files.ts";
import { Image } from "../../object/image.ts";
import { unreadable } from "../../artifact/unreadable.ts";
import { validateLock } from "../model/generated/lock-validator.ts";
import { schemaBreaches } from "../model/json-schema.ts";
import type { LockDocument } from "./lock.ts";
import { UsageError } from "../model/usage-error.ts";

/** In bytes: room for about a hundred thousand plugins. A larger lock is rejected without reading it. */
const lockLimit = 32 * 1024 * 1024;

/** @throws UsageError if there is no lock, or the file is not a valid one. */
export function readLock(files: Files, file: string): LockDocument {
  const value = parsed(file, textOf(files, file));
  const [breach] = schemaBreaches(validateLock, value);
  if (breach !== undefined) throw invalid(file, `${breach.pointer} ${breach.message}`.trim());
  const lock = value as LockDocument;
  const paths = new Set(lock.plugins.map(({ path }) => path));
  if (paths.size < lock.plugins.length) throw invalid(file, "it lists a plugin twice");
  return lock;
}

function textOf(files: Files, file: string): string {
  let image: Image | undefined;
  try {
    image = Image.open(files, file);
    if (image.size > lockLimit)
      throw invalid(file, `it is ${image.size} bytes, more than the limit of ${lockLimit}`);
    return image.read(0, image.size, "lock").toString("utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const missing = fileErrorCode(error) === "ENOENT";
    const reason = missing ? "lock file not found" : unreadable(file, null, error).reason;
    throw new UsageError("lock-unreadable", `${file}: ${reason}`, [
      "`plugins lock` writes one; --lock-file names another place.",
    ]);
  } finally {
    image?.close();
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, "it is not JSON");
  }
}

function invalid(file: string, reason: string): UsageError {
  return new UsageError("lock-invalid", `${file}: the lock cannot be used: ${reason}`, [
    "`plugins lock` recreates it.",
  ]);
}
