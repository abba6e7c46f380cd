import { join } from "node:path";
import { parse, TomlError } from "smol-toml";
import { UsageError } from "../../check/model/usage-error.ts";
import { readSmallFile, type Files } from "../../files/files.ts";
import type { KitName } from "./kit.ts";

/** A longer file is not one that people write, in bytes. */
const longest = 2 ** 20;

/**
 * Refuses a folder in which the files of a kit would break the build, or never be part of one.
 * @throws UsageError
 */
export function refuseUnsuited(name: KitName, folder: string, disk: Files): void {
  if (name === "rust") refuseWithoutPackage(folder, disk);
  if (name === "go" || name === "go-cgo") refuseOtherPackage(folder, disk);
}

/** Cargo runs a build.rs only beside the Cargo.toml of a package. */
function refuseWithoutPackage(folder: string, disk: Files): void {
  const names = disk.list(folder).map((entry) => entry.name);
  const text = names.includes("Cargo.toml") ? textOf(disk, join(folder, "Cargo.toml")) : undefined;
  if (text !== undefined && hasPackage(text)) return;
  const why = text === undefined ? "has no Cargo.toml" : "is a workspace, not a package";
  throw new UsageError("bad-usage", `${folder} ${why}`, [
    "Name the folder of the plugin's or the host's own Cargo.toml.",
  ]);
}

/** One that has neither of the tables is broken, and Cargo will say how. */
function hasPackage(text: string): boolean {
  try {
    const document = parse(text);
    return "package" in document || !("workspace" in document);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return true;
  }
}

/** The files of the kit are of package main, and a folder has only one package. */
function refuseOtherPackage(folder: string, disk: Files): void {
  for (const { name } of disk.list(folder)) {
    if (!/^[^._].*\.go$/.test(name) || name.endsWith("_test.go")) continue;
    const text = textOf(disk, join(folder, name)) ?? "";
    if (/^\/\/go:build ignore$/m.test(text)) continue;
    const own = /^package (\w+)/m.exec(text)?.[1] ?? "main";
    if (own === "main") continue;
    throw new UsageError(
      "bad-usage",
      `${folder} has the package ${own}, and a plugin or a host is built of a package main`,
      ["Name the folder of the main package."],
    );
  }
}

function textOf(disk: Files, path: string): string | undefined {
  return readSmallFile(disk, path, longest)?.toString("utf8");
}
