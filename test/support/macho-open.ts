import { FormatError } from "../../src/object/format-error.ts";
import { openMacho, type MachoFile } from "../../src/object/macho/file.ts";
import { buildMacho, type BuiltMacho, type MachoSpec } from "./macho-builder.ts";
import { memorySource } from "./macho-source.ts";

export function open(spec: MachoSpec): MachoFile {
  return openMacho(memorySource(buildMacho(spec).bytes));
}

/** Builds a file, changes it, and opens it. */
export function openChanged(spec: MachoSpec, change: (bytes: Buffer, built: BuiltMacho) => void): MachoFile {
  const built = buildMacho(spec);
  change(built.bytes, built);
  return openMacho(memorySource(built.bytes));
}

/** The FormatError that `act` throws; anything else, or nothing, is passed on as a failure. */
export function formatErrorOf(act: () => unknown): FormatError {
  try {
    act();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error("no FormatError was thrown");
}
