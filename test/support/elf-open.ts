import { openElf } from "../../src/object/elf/file.ts";
import type { ElfFile } from "../../src/object/elf/file.ts";
import type { ElfSection } from "../../src/object/elf/section.ts";
import type { ByteSource } from "../../src/object/image.ts";
import { layElf } from "./elf-builder.ts";
import type { BuiltElf, ElfSpec } from "./elf-builder.ts";
import { memorySource } from "./macho-source.ts";

export { formatErrorOf } from "./macho-open.ts";

/** Both classes in both byte orders. */
export const ENCODINGS = [
  { bits: 64, endian: "little" },
  { bits: 64, endian: "big" },
  { bits: 32, endian: "little" },
  { bits: 32, endian: "big" },
] as const;

/** Builds a file and opens it. */
export function open(spec: ElfSpec): ElfFile {
  return openBytes(layElf(spec).bytes);
}

export function openBytes(bytes: Buffer): ElfFile {
  return openElf(memorySource(bytes));
}

/** A built file, opened, with the places its parts lie at. */
export function openBuilt(spec: ElfSpec): { readonly file: ElfFile; readonly built: BuiltElf } {
  const built = layElf(spec);
  return { file: openBytes(built.bytes), built };
}

/** The section of that name; a test without it is wrong. */
export function sectionOf(file: ElfFile, name: string): ElfSection {
  const found = file.sections.find((section) => section.name === name);
  if (found === undefined) throw new Error(`the file has no section ${name}`);
  return found;
}

/** A source that counts what is read of another. */
export function counted(bytes: Buffer): ByteSource & { readonly reads: string[]; total: number } {
  const inner = memorySource(bytes);
  const reads: string[] = [];
  const source = {
    size: inner.size,
    origin: inner.origin,
    reads,
    total: 0,
    read(offset: number | bigint, length: number | bigint, what: string) {
      reads.push(what);
      source.total += Number(length);
      return inner.read(offset, length, what);
    },
  };
  return source;
}
