import { parse, TomlError } from "smol-toml";
import { UsageError } from "../../../check/model/usage-error.ts";
import type { Files } from "../../../files/files.ts";
import { textOfFile } from "../text-file.ts";

/** A package as Cargo.lock has it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `registry+https://…`, `git+https://…#COMMIT`; undefined for a folder. */
  readonly source: string | undefined;
  /** SHA-256 of its archive. */
  readonly checksum: string | undefined;
}

/**
 * The packages of a lock file, of any of its versions (Cargo: src/cargo/core/resolver/encode.rs). The first had the checksums in a table of
 * their own: `"checksum NAME VERSION (SOURCE)" = "…"`.
 * @throws UsageError if it cannot be read.
 */
export function lockedPackages(files: Files, path: string): readonly LockedPackage[] {
  const text = textOfFile(files, path);
  if (text === undefined) {
    throw new UsageError("file-not-found", `${path}: no such file, or it cannot be read`, [
      "cargo generate-lockfile writes it.",
    ]);
  }
  const document = parsed(path, text);
  const metadata = tableOf(document["metadata"]);
  const packages = document["package"];
  return (Array.isArray(packages) ? packages : []).flatMap((each: unknown) => {
    const { name, version, source, checksum } = tableOf(each);
    if (typeof name !== "string" || typeof version !== "string") return [];
    const origin = textIn(source);
    const early = textIn(metadata[`checksum ${name} ${version} (${origin ?? ""})`]);
    return [{ name, version, source: origin, checksum: textIn(checksum) ?? early }];
  });
}

function parsed(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [why = ""] = error.message.split("\n");
    throw new UsageError("file-unreadable", `${path}:${error.line}:${error.column}: ${why}`);
  }
}

function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== "<none>" ? value : undefined;
}
