import { readFileSync } from "node:fs";
import type { ElfFile } from "../../src/object/elf/file.ts";
import type { MachoFile } from "../../src/object/macho/file.ts";
import { openObject } from "../../src/object/open.ts";
import { memorySource } from "./macho-source.ts";

/** The slices of a file on disk, opened: one, but in a universal file. */
export function openSlices(path: string): readonly (ElfFile | MachoFile)[] {
  return openObject(memorySource(readFileSync(path))).slices.map(({ object }) => object);
}

/** The one object in a file on disk. */
export function openFile(path: string): ElfFile | MachoFile {
  const [object, ...others] = openSlices(path);
  if (object === undefined || others.length > 0) throw new Error(`${path} is not one object`);
  return object;
}
