import { Image } from "../../object/image.ts";
import { unreadable } from "../../artifact/unreadable.ts";
import { schemaBreaches } from "../model/json-schema.ts";
import type { LockDocument } from "./lock.ts";
import { UsageError } from "../model/usage-error.ts";

/** A longer lock is refused unread, in bytes: room for some hundred thousand plugins. */
const lockLimit = 32 * 1024 * 1024;

/** @throws UsageError where there is no lock, or what is there is none. */
export function readLock(file: string): LockDocument {
  const value = parsed(file, textOf(file));
  const [breach] = schemaBreaches("lock", value);
  if (breach !== undefined) throw invalid(file, `${breach.pointer} ${breach.message}`.trim());
  const lock = value as LockDocument;
  const paths = new Set(lock.plugins.map(({ path }) => path));
  if (paths.size < lock.plugins.length) throw invalid(file, "it names a plugin twice");
  return lock;
}

function textOf(file: string): string {
  let image: Image | undefined;
  try {
    image = Image.open(file);
    if (image.size > lockLimit) throw invalid(file, `it is ${image.size} bytes long, more than ${lockLimit}`);
    return image.read(0, image.size, "lock").toString("utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? "lock file not found" : unreadable(file, null, error).reason;
    throw new UsageError("lock-unreadable", `${file}: ${reason}`, [
      "`plugins lock` writes one; --lock-file says where it is.",
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
