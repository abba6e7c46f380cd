import type { ElfFile } from "./elf/file.ts";
import type { MachoFile } from "./macho/file.ts";

/** An object file of any format that is read here; `switch (object.format)` tells which. */
export type AnyObject = ElfFile | MachoFile;
